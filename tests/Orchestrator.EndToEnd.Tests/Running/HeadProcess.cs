using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.EndToEnd.Tests.Running;

/// <summary>The product, as a user starts it, on a state folder that outlives it; or one that somebody else started, of which this owns nothing.</summary>
internal sealed class HeadProcess : IAsyncDisposable
{
    private readonly ChildProcess? _process;
    private readonly string _state;

    private HeadProcess(ChildProcess? process, string state, Uri address) => (_process, _state, Address) = (process, state, address);

    public Uri Address { get; }

    public string Log => Own.Error;

    private ChildProcess Own => _process ?? throw new InvalidOperationException($"The head at {Address} was not started by this test: mark the test as [OwnHeadFact].");

    public static HeadProcess Attach(Uri address) => new(null, AttachedHead.State, address);

    /// <param name="port">Of the pages; free, and the same over restarts.</param>
    public static async Task<HeadProcess> StartAsync(string state, int port, SandboxProcess sandbox, IReadOnlyDictionary<string, string>? environment = null)
    {
        Dictionary<string, string> settings = new(environment ?? new Dictionary<string, string>());
        _ = settings.TryAdd("ORCHESTRATOR__Sandbox__AddressFile", sandbox.AddressFile);
        ChildProcess process = ChildProcess.Start(Repository.Head, ["--state", state, "--port", port.ToString(CultureInfo.InvariantCulture), "--log-format", "json"], settings);
        try
        {
            string line = await process.WaitForLineAsync(line => line.StartsWith('{') && line.Contains("\"ready\"", StringComparison.Ordinal), Eventually.Patience);
            return new(process, state, new Uri(JsonNode.Parse(line)!["console"]!.GetValue<string>()));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>A port that nothing listens on.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public Task KillAsync() => Own.KillAsync();

    /// <summary>SIGTERM, as a service manager sends it; gives the exit code.</summary>
    public Task<int> StopAsync() => Own.StopAsync();

    public Task<int> WaitForExitAsync() => Own.WaitForExitAsync(Eventually.Patience);

    /// <summary>A client of the API as the owner of this machine: it reads, and decides nothing.</summary>
    public HttpClient Operator()
    {
        HttpClient http = Anonymous();
        http.DefaultRequestHeaders.Authorization = new("Bearer", File.ReadAllText(Path.Combine(_state, "operator-token")).Trim());
        return http;
    }

    public HttpClient Anonymous() => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>The development sign-in's present code, as the machine's owner reads it.</summary>
    public string Code() => File.ReadAllText(Path.Combine(_state, "sign-in-code")).Trim();

    /// <summary>Signs in as the command line does.</summary>
    public async Task<HttpClient> SignInAsync(string who)
    {
        HttpClient http = Anonymous();
        using HttpResponseMessage answer = await PostAsync(http, "/api/signin", new JsonObject { ["who"] = who, ["code"] = Code() });
        string text = await answer.Content.ReadAsStringAsync();
        Require.That(answer.StatusCode == HttpStatusCode.OK, text);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonNode.Parse(text)!["token"]!.GetValue<string>());
        return http;
    }

    public static Task<HttpResponseMessage> PostAsync(HttpClient http, string path, JsonNode body) =>
        http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

    public async Task<bool> IsHealthyAsync()
    {
        using HttpClient http = Anonymous();
        http.Timeout = TimeSpan.FromSeconds(5);
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri("/health", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
