using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orchestrator.Operations.SignIn;

/// <summary><c>Authorization: Bearer</c>: the operator token, which reads and is nobody; or, with the development sign-in, a person's session token.</summary>
internal sealed class TokenSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, OperationsOptions operations, SessionTokens sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Read());

    private AuthenticateResult Read()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        string offered = header[Prefix.Length..].Trim();
        if (operations.OperatorToken is { Length: >= 32 } token && CryptographicOperations.FixedTimeEquals(Hash(offered), Hash(token)))
        {
            return AuthenticateResult.Success(new(OperationsClaims.OperatorToken(Scheme.Name), Scheme.Name));
        }

        return operations.SignIn is SignInOptions.Development && sessions.Read(offered) is { } session
            ? AuthenticateResult.Success(new(OperationsClaims.Person(Scheme.Name, session.Id, session.Name, []), Scheme.Name))
            : AuthenticateResult.Fail("The bearer token is unknown or has run out.");
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
