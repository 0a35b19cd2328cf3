using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Sandboxes;

/// <summary>Puts keys into the vault stand-in, over its own API and with its own certificate pinned.</summary>
public sealed class VaultSecrets : IDisposable
{
    private const string Version = "api-version=7.4";

    private readonly HttpClient _http;
    private readonly X509Certificate2 _trusted;

    public VaultSecrets(VaultStandIn vault)
    {
        _trusted = X509Certificate2.CreateFromPem(vault.Certificate);
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, errors) =>
            shown is X509Certificate2 certificate
            && (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0
            && CryptographicOperations.FixedTimeEquals(certificate.RawData, _trusted.RawData);
        _http = new(handler) { BaseAddress = vault.Address, Timeout = TimeSpan.FromSeconds(20) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", vault.Token);
    }

    /// <summary>The newest version's value, or null when there is none.</summary>
    public async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri($"secrets/{name}?{Version}", UriKind.Relative), cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        string text = await ReadAsync(answer, name, cancellationToken);
        return JsonElement.Parse(text).GetProperty("value").GetString();
    }

    public async Task PutAsync(string name, string value, CancellationToken cancellationToken)
    {
        byte[] body = Encoding.UTF8.GetBytes(new JsonObject { ["value"] = value }.ToJsonString());
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using HttpResponseMessage answer = await _http.PutAsync(new Uri($"secrets/{name}?{Version}", UriKind.Relative), content, cancellationToken);
        _ = await ReadAsync(answer, name, cancellationToken);
    }

    public void Dispose()
    {
        _http.Dispose();
        _trusted.Dispose();
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer, string name, CancellationToken cancellationToken) => answer.IsSuccessStatusCode
        ? await answer.Content.ReadAsStringAsync(cancellationToken)
        : throw new SettingsException($"The vault stand-in answered {(int)answer.StatusCode} for the key '{name}'.");
}
