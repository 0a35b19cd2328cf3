using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.Sandbox.Tests.Hosting;

/// <summary>A sandbox on free ports with a client that speaks to it, and the folder it keeps its state in.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    private readonly SandboxHost _host;

    private RunningSandbox(SandboxHost host) => _host = host;

    public SandboxAddresses At => _host.Addresses;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    public static async Task<RunningSandbox> StartAsync(SandboxOptions options, TimeProvider? machine = null) =>
        new(await SandboxHost.StartAsync(options, machine ?? TimeProvider.System, CancellationToken.None));

    /// <summary>A new folder's path below the temporary one.</summary>
    public static string NewFolder() => Path.Combine(Path.GetTempPath(), "sandbox-tests", Guid.NewGuid().ToString("N"));

    public async Task<JsonObject> GetAsync(Uri service, string path) =>
        (await Client.GetFromJsonAsync<JsonObject>(new Uri(service, path)))!;

    /// <summary>Posts to a control route, which must take it.</summary>
    public async Task<JsonObject?> PostAsync(Uri service, string path, JsonNode body)
    {
        using var answer = await Client.PostAsJsonAsync(new Uri(service, path), body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
    }
}
