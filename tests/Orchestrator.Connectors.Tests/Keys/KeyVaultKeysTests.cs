using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Keys;
using Orchestrator.Connectors.Tests.Wire;

namespace Orchestrator.Connectors.Tests.Keys;

/// <summary>The real client against HTTPS: challenge first, then the token, then the secret.</summary>
public sealed class KeyVaultKeysTests : IDisposable
{
    private const string Token = "token-of-this-test";
    private readonly X509Certificate2 _certificate = LocalCertificate.Make();
    private readonly ManualClock _clock = new();

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task GetKey_Enabled_ComesWithItsVersionAndIsAskedAnew()
    {
        int rotation = 0;
        await using WireServer vault = await VaultAsync(() => (200, Secret($"value-{++rotation}", $"v{rotation}")));
        using KeyVaultKeys keys = Keys(vault.Address);

        KeyLease first = await keys.GetKeyAsync("stripe-read", default);
        KeyLease second = await keys.GetKeyAsync("stripe-read", default);

        Assert.Equal(("stripe-read", "v1", "value-1"), (first.Name, first.Version, first.Reveal()));
        Assert.Equal(("v2", "value-2"), (second.Version, second.Reveal()));
        Assert.StartsWith("/secrets/stripe-read", vault.Requests.Last().Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"enabled\":false", "is disabled")]
    [InlineData("\"enabled\":true,\"exp\":1763712000", "expired at 2025-11-21")]
    public async Task GetKey_VersionThatMayNotBeUsed_IsRefused(string attributes, string says)
    {
        await using WireServer vault = await VaultAsync(() => (200, Secret("SECRET", "v1", attributes)));
        using KeyVaultKeys keys = Keys(vault.Address);
        PermanentFailureException refused = await Assert.ThrowsAsync<PermanentFailureException>(() => keys.GetKeyAsync("stripe-read", default));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetKey_NotValidYet_MayWorkLater()
    {
        await using WireServer vault = await VaultAsync(() => (200, Secret("SECRET", "v1", "\"enabled\":true,\"nbf\":1999999999")));
        using KeyVaultKeys keys = Keys(vault.Address);
        TransientFailureException early = await Assert.ThrowsAsync<TransientFailureException>(() => keys.GetKeyAsync("stripe-read", default));
        Assert.Contains("is not valid before 2033", early.Message, StringComparison.Ordinal);
    }

    /// <summary>A proxy's login page, half an answer, another service: it answers 200, and it is no vault.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("<html>Please sign in: SECRET</html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"SECRET\"")]
    [InlineData("{\"value\":\"SECRET\"}")]
    [InlineData("{\"value\":7,\"id\":\"SECRET\"}")]
    [InlineData("{\"value\":\"SECRET\",\"id\":\"https://x/secrets/stripe-read/v1\",\"attributes\":[]}")]
    [InlineData("{\"value\":\"SECRET\",\"id\":\"https://x/secrets/stripe-read/v1\",\"attributes\":{\"nbf\":\"soon\"}}")]
    public async Task GetKey_AnswerThatIsNoSecret_MayWorkLaterAndIsNotRepeated(string answer)
    {
        await using WireServer vault = await VaultAsync(() => (200, answer));
        using KeyVaultKeys keys = Keys(vault.Address);
        TransientFailureException nonsense = await Assert.ThrowsAsync<TransientFailureException>(() => keys.GetKeyAsync("stripe-read", default));
        Assert.Contains("gave no secret", nonsense.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", nonsense.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "SecretNotFound", "A secret with (name/id) stripe-read was not found in this key vault.", typeof(PermanentFailureException), "Create it")]
    [InlineData(403, "Forbidden", "Operation get is not allowed on a disabled secret.", typeof(PermanentFailureException), "is disabled")]
    [InlineData(403, "Forbidden", "Caller is not authorized to perform action on resource.", typeof(PermanentFailureException), "Key Vault Secrets User")]
    [InlineData(429, "Throttled", "Too many requests", typeof(TransientFailureException), "did not answer")]
    [InlineData(503, "Unavailable", "busy", typeof(TransientFailureException), "did not answer")]
    public async Task GetKey_VaultRefuses_SaysHowToMendIt(int status, string code, string message, Type expected, string says)
    {
        await using WireServer vault = await VaultAsync(() => (status, $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}"""));
        using KeyVaultKeys keys = Keys(vault.Address);
        Exception refused = (await Record.ExceptionAsync(() => keys.GetKeyAsync("stripe-read", default)))!;
        Assert.IsType(expected, refused);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains("stripe-read", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetKey_AnotherCertificate_SendsNoToken()
    {
        await using WireServer vault = await VaultAsync(() => (200, Secret("x", "v1")));
        using X509Certificate2 other = LocalCertificate.Make();
        using var keys = new KeyVaultKeys(new(vault.Address, other), new FixedToken(Token), _clock);

        PermanentFailureException refused = await Assert.ThrowsAsync<PermanentFailureException>(() => keys.GetKeyAsync("stripe-read", default));

        Assert.Contains("certificate", refused.Message, StringComparison.Ordinal);
        Assert.Empty(vault.Requests);
    }

    [Fact]
    public async Task GetKey_NobodyThere_IsTransient()
    {
        Uri nobody = new("https://127.0.0.1:" + WireServer.NobodyThere().Port.ToString(CultureInfo.InvariantCulture));
        using KeyVaultKeys keys = Keys(nobody);
        await Assert.ThrowsAsync<TransientFailureException>(() => keys.GetKeyAsync("stripe-read", default));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8443")]
    [InlineData("http://vault.azure.net")]
    [InlineData("https://user:pw@vault.azure.net")]
    public void Options_AddressThatIsNone_IsRefused(string address) =>
        Assert.Contains("KeyVault:Address", Assert.Throws<Connectors.Settings.SettingsException>(() => new KeyVaultOptions(new(address))).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_PinnedRealVault_IsRefused() =>
        Assert.Throws<Connectors.Settings.SettingsException>(() => new KeyVaultOptions(new("https://name.vault.azure.net"), _certificate));

    private KeyVaultKeys Keys(Uri address) => new(new(address, _certificate), new FixedToken(Token), _clock);

    private Task<WireServer> VaultAsync(Func<(int Status, string Body)> answer) => WireServer.StartAsync(
        async (context, request) =>
        {
            if (!request.Headers.TryGetValue("Authorization", out string? authorization) || authorization != "Bearer " + Token)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-0000-0000-000000000001\", resource=\"https://vault.azure.net\"";
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            (int status, string body) = answer();
            await WireServer.AnswerAsync(context, status, body);
        },
        _certificate);

    private static string Secret(string value, string version, string attributes = "\"enabled\":true") =>
        $$$"""{"value":"{{{value}}}","id":"https://127.0.0.1/secrets/stripe-read/{{{version}}}","attributes":{ {{{attributes}}},"created":1700000000,"updated":1700000000}}""";
}
