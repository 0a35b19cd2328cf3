using System.Text.Json.Nodes;

namespace Orchestrator.EndToEnd.Tests.Running;

/// <summary>The stand-ins in a process of their own, so that the head can be killed while they remember; or those of a head that somebody else started.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private readonly ChildProcess? _process;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly JsonNode _addresses;

    private SandboxProcess(ChildProcess? process, string addressFile, JsonNode addresses) => (_process, AddressFile, _addresses) = (process, addressFile, addresses);

    /// <summary>What it printed, for the head's settings.</summary>
    public string AddressFile { get; }

    public Uri Stripe => Base("stripe");

    public Uri Mail => Base("mail");

    public Uri Teams => Base("teams");

    public Uri Graph => Base("graph");

    public Uri Vault => Base("vault");

    /// <summary>Ends in <c>/v1</c>, as a gateway's base address does.</summary>
    public Uri Models => Base("models");

    public string VaultToken => _addresses["vault"]!["token"]!.GetValue<string>();

    public JsonNode Addresses => _addresses;

    public static async Task<SandboxProcess> AttachAsync(string addressFile)
    {
        Require.That(File.Exists(addressFile), $"The sandbox's addresses are not at {addressFile}: ORCHESTRATOR_STATE must name the state folder of the head, if it is not the user's own.");
        return new(null, addressFile, JsonNode.Parse(await File.ReadAllTextAsync(addressFile))!);
    }

    /// <param name="cardsPerSecond">What the Teams stand-in takes; 0 is all.</param>
    public static async Task<SandboxProcess> StartAsync(string folder, double cardsPerSecond = 0)
    {
        ChildProcess process = ChildProcess.Start(
            Repository.Sandbox, ["-o", "json", "--state", Path.Combine(folder, "sandbox"), "--teams-rate", cardsPerSecond.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        string line = await process.WaitForLineAsync(line => line.StartsWith('{'), Eventually.Patience);
        string file = Path.Combine(folder, "sandbox.json");
        await WriteAsync(file, line);
        return new(process, file, JsonNode.Parse(line)!);
    }

    /// <summary>Another address file, in which one stand-in is unknown; gives its path.</summary>
    public async Task<string> AddressesWithoutAsync(string standIn)
    {
        JsonObject known = _addresses.DeepClone().AsObject();
        Require.That(known.Remove(standIn), $"The sandbox has no {standIn}.");
        string file = Path.ChangeExtension(AddressFile, $"without-{standIn}.json");
        await WriteAsync(file, known.ToJsonString());
        return file;
    }

    public async Task<JsonNode> GetAsync(Uri standIn, string path) => JsonNode.Parse(await _http.GetStringAsync(new Uri(standIn, path)))!;

    /// <summary>A control route, or the API itself, with JSON.</summary>
    public async Task<JsonNode?> PostAsync(Uri standIn, string path, JsonNode body, string method = "POST")
    {
        using var request = new HttpRequestMessage(new(method), new Uri(standIn, path)) { Content = new StringContent(body.ToJsonString(), null, "application/json") };
        using HttpResponseMessage answer = await _http.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        Require.That(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    /// <summary>Stripe's API with the shop's own key, form-encoded.</summary>
    public async Task<JsonNode> StripeAsync(string path, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Stripe, path)) { Content = new FormUrlEncodedContent(form.Select(one => KeyValuePair.Create(one.Name, one.Value))) };
        request.Headers.Authorization = new("Bearer", "sk_test_sandbox00000000000000000000");
        using HttpResponseMessage answer = await _http.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        Require.That(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public Task FaultAsync(Uri standIn, JsonObject rule) => PostAsync(standIn, "_sandbox/faults", rule);

    /// <summary>Takes every rule of a stand-in away.</summary>
    public Task MendAsync(Uri standIn) => PostAsync(standIn, "_sandbox/faults", new JsonObject(), "DELETE");

    public Task<JsonNode> LedgerAsync() => GetAsync(Stripe, "_sandbox/stripe/ledger");

    public async Task<IReadOnlyList<JsonNode>> MailsAsync() => [.. (await GetAsync(Mail, "_sandbox/mail/messages"))["messages"]!.AsArray().Select(one => one!)];

    public async Task<IReadOnlyList<JsonNode>> CardsAsync() => [.. (await GetAsync(Teams, "_sandbox/teams/cards"))["cards"]!.AsArray().Select(one => one!)];

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
        else
        {
            await MendAllAsync();
        }

        _http.Dispose();
    }

    /// <summary>A sandbox that goes on after the test goes on as it was before.</summary>
    private async Task MendAllAsync()
    {
        foreach (Uri standIn in new[] { Stripe, Mail, Teams, Graph })
        {
            await MendAsync(standIn);
        }

        await PostAsync(Stripe, "_sandbox/stripe/settings", new JsonObject { ["webhooks"] = new JsonObject { ["delivery"] = true, ["duplicates"] = 0, ["disorder"] = false } });
    }

    private static async Task WriteAsync(string file, string text)
    {
        await File.WriteAllTextAsync(file, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private Uri Base(string name) => new((_addresses[name] ?? throw new InvalidOperationException($"{AddressFile} knows no {name}: this sandbox does not play it."))["address"]!.GetValue<string>());
}
