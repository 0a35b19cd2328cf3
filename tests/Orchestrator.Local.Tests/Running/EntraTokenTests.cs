using Azure.Core;
using Azure.Identity;
using Orchestrator.Local.Running;

namespace Orchestrator.Local.Tests.Running;

public sealed class EntraTokenTests
{
    private const string Scope = "api://11111111-2222-3333-4444-555555555555/.default";

    [Fact]
    public async Task Get_TokenWithTimeLeft_IsAskedForOnce()
    {
        int asked = 0;
        EntraToken token = Token(_ => new($"token-{++asked}", TimeProvider.System.GetUtcNow().AddHours(1)));

        Assert.Equal(("token-1", "token-1"), (await token.GetAsync(default), await token.GetAsync(default)));
    }

    [Fact]
    public async Task Get_TokenAboutToRunOut_IsAskedForAnew()
    {
        int asked = 0;
        EntraToken token = Token(_ => new($"token-{++asked}", TimeProvider.System.GetUtcNow().AddMinutes(4)));

        Assert.Equal(("token-1", "token-2"), (await token.GetAsync(default), await token.GetAsync(default)));
    }

    [Fact]
    public async Task Get_IsForTheScope()
    {
        EntraToken token = Token(request => new(Assert.Single(request.Scopes), TimeProvider.System.GetUtcNow().AddHours(1)));

        Assert.Equal(Scope, await token.GetAsync(default));
    }

    [Fact]
    public async Task Get_NobodySignedIn_ExitsFour_AndSaysHow()
    {
        LocalException refused = await Assert.ThrowsAsync<LocalException>(() =>
            Token(_ => throw new CredentialUnavailableException("Azure CLI is not signed in.\n - and much more")).GetAsync(default).AsTask());

        Assert.Equal(ExitCodes.SignInNeeded, refused.ExitCode);
        Assert.Contains("az login", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("much more", refused.Message, StringComparison.Ordinal);
    }

    private static EntraToken Token(Func<TokenRequestContext, AccessToken> get) => new(DelegatedTokenCredential.Create((request, _) => get(request)), Scope, TimeProvider.System);
}
