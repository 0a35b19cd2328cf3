using Orchestrator.Agents.Durability;
using Orchestrator.Conformance.Tests.Http;

namespace Orchestrator.Conformance.Tests.Targets;

/// <summary>The host that <c>ORCHESTRATOR_URL</c> names, over the Durable Task HTTP API; without it, the embedded engine behind the same API in this process.</summary>
public sealed class HttpTarget : IConformanceTarget, IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly EmbeddedTarget _embedded = new();
    private DurableTaskHttpHost? _host;
    private HttpOrchestrationClient? _client;

    public IOrchestrationClient Client => _client!;

    public async Task InitializeAsync()
    {
        string? address = Environment.GetEnvironmentVariable("ORCHESTRATOR_URL");
        if (string.IsNullOrWhiteSpace(address))
        {
            await _embedded.InitializeAsync();
            _host = await DurableTaskHttpHost.StartAsync(_embedded.Client);
            address = _host.Address.AbsoluteUri;
        }

        _client = new HttpOrchestrationClient(_http, new Uri(address));
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
            await _embedded.DisposeAsync();
        }
    }
}
