using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Orchestrator.EndToEnd.Tests.Running;

/// <summary>Reads and rotates secrets in the vault stand-in, as an administrator does.</summary>
internal static class VaultSecrets
{
    private const string Version = "?api-version=2025-07-01";

    public static async Task<string> GetAsync(SandboxProcess sandbox, string name)
    {
        using HttpClient http = Client(sandbox);
        return JsonNode.Parse(await http.GetStringAsync(new Uri(sandbox.Vault, $"secrets/{name}{Version}")))!["value"]!.GetValue<string>();
    }

    /// <summary>A new version of a secret; gives the version's name.</summary>
    public static async Task<string> PutAsync(SandboxProcess sandbox, string name, string value)
    {
        using HttpClient http = Client(sandbox);
        using var content = new StringContent(new JsonObject { ["value"] = value }.ToJsonString(), null, "application/json");
        using HttpResponseMessage answer = await http.PutAsync(new Uri(sandbox.Vault, $"secrets/{name}{Version}"), content);
        answer.EnsureSuccessStatusCode();
        return new Uri(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>()).Segments[^1];
    }

    private static HttpClient Client(SandboxProcess sandbox)
    {
        byte[] trusted = X509Certificate2.CreateFromPem(sandbox.Addresses["vault"]!["certificate"]!.GetValue<string>()).RawData;
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 shown && shown.RawData.AsSpan().SequenceEqual(trusted);
        var http = new HttpClient(handler);
        http.DefaultRequestHeaders.Authorization = new("Bearer", sandbox.VaultToken);
        return http;
    }
}
