using Azure.Core;
using Azure.Identity;

namespace Orchestrator.Local.Running;

/// <summary>An access token of Entra ID, kept until shortly before it runs out: asking starts another program where <c>az login</c> is what signed in.</summary>
internal sealed class EntraToken(TokenCredential credential, string scope, TimeProvider clock)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private AccessToken? _held;

    /// <exception cref="LocalException">Nobody is signed in.</exception>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (_held is { } held && held.ExpiresOn - Margin > clock.GetUtcNow())
        {
            return held.Token;
        }

        try
        {
            AccessToken got = await credential.GetTokenAsync(new([scope]), cancellationToken);
            _held = got;
            return got.Token;
        }
        catch (AuthenticationFailedException refused)
        {
            string why = refused.Message.Split('\n', 2)[0].Trim();
            throw new LocalException($"Entra gave no token for {scope}: {why} Sign in with 'az login', or set {Credential.TokenVariable}.", refused, ExitCodes.SignInNeeded);
        }
    }
}
