using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Tests.Hosting;

namespace Orchestrator.Sandbox.Tests.Vault;

/// <summary>Judged by the client that the real Key Vault is used with.</summary>
public sealed class VaultStandInTests : IAsyncLifetime
{
    private static readonly SandboxOptions s_options = new()
    {
        VaultPort = 0,
        Secrets = new Dictionary<string, string> { ["stripe-read"] = "rk_test_read", ["stripe-refund"] = "rk_test_refund" },
    };

    private readonly List<IDisposable> _transports = [];
    private RunningSandbox _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await RunningSandbox.StartAsync(s_options);

    public async Task DisposeAsync()
    {
        _transports.ForEach(one => one.Dispose());
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task GetSecret_Seeded_ComesWithValueAndVersion()
    {
        KeyVaultSecret secret = await Client().GetSecretAsync("stripe-read");

        Assert.Equal("rk_test_read", secret.Value);
        Assert.NotEmpty(secret.Properties.Version);
        Assert.True(secret.Properties.Enabled);
    }

    [Fact]
    public async Task SetSecret_Again_MakesANewVersionAndKeepsTheOld()
    {
        var client = Client();
        KeyVaultSecret old = await client.GetSecretAsync("stripe-read");

        KeyVaultSecret rotated = await client.SetSecretAsync(new KeyVaultSecret("stripe-read", "rk_test_new") { Properties = { ContentType = "text/plain", Tags = { ["by"] = "test" } } });

        Assert.NotEqual(old.Properties.Version, rotated.Properties.Version);
        Assert.Equal("rk_test_new", (await client.GetSecretAsync("stripe-read")).Value.Value);
        Assert.Equal("rk_test_read", (await client.GetSecretAsync("stripe-read", old.Properties.Version)).Value.Value);
        Assert.Equal("test", (await client.GetSecretAsync("stripe-read")).Value.Properties.Tags["by"]);
        var versions = await client.GetPropertiesOfSecretVersionsAsync("stripe-read").ToListAsync();
        Assert.Equal([old.Properties.Version, rotated.Properties.Version], versions.Select(one => one.Version));
    }

    [Fact]
    public async Task GetProperties_MoreThanOnePage_ListsAllNamesOnce()
    {
        var client = Client();
        for (int i = 0; i < 30; i++)
        {
            await client.SetSecretAsync($"key-{i:00}", "value");
        }

        var names = await client.GetPropertiesOfSecretsAsync().Select(one => one.Name).ToListAsync();

        Assert.Equal(32, names.Count);
        Assert.Equal(32, names.Distinct().Count());
    }

    [Fact]
    public async Task GetSecret_Missing_Is404SecretNotFound()
    {
        var name = await Assert.ThrowsAsync<RequestFailedException>(() => Client().GetSecretAsync("no-such-key"));
        var version = await Assert.ThrowsAsync<RequestFailedException>(() => Client().GetSecretAsync("stripe-read", "00000000000000000000000000000000"));

        Assert.Equal((404, "SecretNotFound"), (name.Status, name.ErrorCode));
        Assert.Equal((404, "SecretNotFound"), (version.Status, version.ErrorCode));
    }

    [Fact]
    public async Task GetSecret_Disabled_Is403AndSaysSo()
    {
        var client = Client();
        KeyVaultSecret secret = await client.GetSecretAsync("stripe-read");
        secret.Properties.Enabled = false;
        await client.UpdateSecretPropertiesAsync(secret.Properties);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => client.GetSecretAsync("stripe-read"));

        Assert.Equal((403, "Forbidden"), (refused.Status, refused.ErrorCode));
        Assert.Contains("SecretDisabled", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetSecret_Expired_IsStillHandedOutWithItsExpiry()
    {
        var client = Client();
        KeyVaultSecret secret = await client.GetSecretAsync("stripe-read");
        secret.Properties.ExpiresOn = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await client.UpdateSecretPropertiesAsync(secret.Properties);

        KeyVaultSecret expired = await client.GetSecretAsync("stripe-read");

        Assert.Equal("rk_test_read", expired.Value);
        Assert.Equal(secret.Properties.ExpiresOn, expired.Properties.ExpiresOn);
    }

    [Fact]
    public async Task Token_Unknown_Is401AfterTheChallenge()
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => Client("somebody-else").GetSecretAsync("stripe-read"));

        Assert.Equal((401, "Unauthorized"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Token_WithAPolicy_ReadsItsSecretsOnly()
    {
        await PostAsync("/_sandbox/vault/tokens", new JsonObject { ["token"] = "refunds-only", ["caller"] = "refund activity", ["secrets"] = new JsonArray("stripe-refund") });
        var client = Client("refunds-only");

        Assert.Equal("rk_test_refund", (await client.GetSecretAsync("stripe-refund")).Value.Value);
        var other = await Assert.ThrowsAsync<RequestFailedException>(() => client.GetSecretAsync("stripe-read"));
        var write = await Assert.ThrowsAsync<RequestFailedException>(() => client.SetSecretAsync("stripe-refund", "mine"));

        Assert.Equal(403, other.Status);
        Assert.Contains("refund activity", other.Message, StringComparison.Ordinal);
        Assert.Equal(403, write.Status);
    }

    [Fact]
    public async Task RequestLog_NamesSecretVersionAndCaller_NeverTheValue()
    {
        KeyVaultSecret secret = await Client().GetSecretAsync("stripe-read");
        await Assert.ThrowsAsync<RequestFailedException>(() => Client().GetSecretAsync("no-such-key"));

        using var http = Pinned();
        string log = await http.GetStringAsync(new Uri(_sandbox.At.Vault!.Address, "/_sandbox/vault/requests"));

        var requests = JsonNode.Parse(log)!["requests"]!.AsArray().Where(one => one!["status"]!.GetValue<int>() != 401).ToList();
        Assert.Equal(["stripe-read", "no-such-key"], requests.Select(one => one!["secret"]!.GetValue<string>()));
        Assert.Equal(secret.Properties.Version, requests[0]!["version"]!.GetValue<string>());
        Assert.Equal("default", requests[0]!["caller"]!.GetValue<string>());
        Assert.DoesNotContain("rk_test_read", log, StringComparison.Ordinal);
        Assert.DoesNotContain(_sandbox.At.Vault.Token, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_NotPinned_IsRefusedByTheClient()
    {
        var options = new SecretClientOptions { DisableChallengeResourceVerification = true, Retry = { MaxRetries = 0 } };
        var client = new SecretClient(_sandbox.At.Vault!.Address, new FixedToken(_sandbox.At.Vault.Token), options);

        await Assert.ThrowsAnyAsync<Exception>(() => client.GetSecretAsync("stripe-read"));
    }

    [Fact]
    public async Task Restart_OnTheSameFolder_KeepsVersionsAndDoesNotSeedAgain()
    {
        string folder = RunningSandbox.NewFolder();
        await DisposeAsync();
        _sandbox = await RunningSandbox.StartAsync(s_options with { StateFolder = folder });
        await Client().SetSecretAsync("stripe-read", "rotated");
        await _sandbox.DisposeAsync();

        _sandbox = await RunningSandbox.StartAsync(s_options with { StateFolder = folder });

        Assert.Equal("rotated", (await Client().GetSecretAsync("stripe-read")).Value.Value);
        Assert.Equal(2, (await Client().GetPropertiesOfSecretVersionsAsync("stripe-read").ToListAsync()).Count);
        Assert.Equal(_sandbox.At.Vault!.Certificate, await File.ReadAllTextAsync(_sandbox.At.Vault.CertificatePath!));
        Directory.Delete(folder, recursive: true);
    }

    private SecretClient Client(string? token = null)
    {
        var options = new SecretClientOptions { Transport = new HttpClientTransport(Pinned()), DisableChallengeResourceVerification = true, Retry = { MaxRetries = 0 } };
        return new SecretClient(_sandbox.At.Vault!.Address, new FixedToken(token ?? _sandbox.At.Vault.Token), options);
    }

    private async Task PostAsync(string path, JsonObject body)
    {
        using var http = Pinned();
        using var content = new StringContent(body.ToJsonString());
        using var answer = await http.PostAsync(new Uri(_sandbox.At.Vault!.Address, path), content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private HttpClient Pinned()
    {
        using var trusted = X509Certificate2.CreateFromPem(_sandbox.At.Vault!.Certificate);
        byte[] raw = trusted.RawData;
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => certificate is X509Certificate2 shown
            && (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0
            && CryptographicOperations.FixedTimeEquals(shown.RawData, raw);
        var client = new HttpClient(handler);
        _transports.Add(client);
        return client;
    }

    private sealed class FixedToken(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(token, TimeProvider.System.GetUtcNow().AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
