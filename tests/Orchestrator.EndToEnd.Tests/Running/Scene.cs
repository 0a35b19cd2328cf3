using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.EndToEnd.Tests.Running;

/// <summary>Sandbox and product side by side, and what people do with them. Both are started here, unless the tests are attached to a head that runs.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Ana = "ana@example.com";

    private readonly string? _folder;
    private readonly Dictionary<string, HttpClient> _people = [];
    private readonly int _port = HeadProcess.FreePort();

    private Scene(string? folder, SandboxProcess sandbox) => (_folder, Sandbox) = (folder, sandbox);

    public SandboxProcess Sandbox { get; }

    public HeadProcess Head { get; private set; } = null!;

    /// <summary>Everything of this scene, and nothing else's.</summary>
    public string Folder => _folder ?? throw new InvalidOperationException("These tests are attached to a head, so nothing is this scene's own: mark the test as [OwnHeadFact].");

    public string State => Path.Combine(Folder, "state");

    /// <summary>Where a head of our own serves, known before it starts.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <summary>What signs mails; null until the first mail takes it from the vault stand-in.</summary>
    public string? InboxKey { get; set; }

    /// <summary>A sandbox and a head of this scene's own; those that are there already, where the tests are attached.</summary>
    public static async Task<Scene> StartAsync() => AttachedHead.Address is { } address
        ? new(null, await SandboxProcess.AttachAsync(AttachedHead.SandboxAddresses)) { Head = HeadProcess.Attach(address) }
        : await StartAsync(_ => Task.FromResult<IReadOnlyDictionary<string, string>?>(null));

    /// <summary>A sandbox and a head with settings of its own.</summary>
    public static Task<Scene> StartAsync(IReadOnlyDictionary<string, string> environment) => StartAsync(_ => Task.FromResult<IReadOnlyDictionary<string, string>?>(environment));

    /// <param name="settings">Makes the head's settings once the sandbox runs, so that they may name its addresses.</param>
    public static async Task<Scene> StartAsync(Func<Scene, Task<IReadOnlyDictionary<string, string>?>> settings)
    {
        string folder = Repository.NewFolder();
        var scene = new Scene(folder, await SandboxProcess.StartAsync(folder));
        try
        {
            await scene.StartHeadAsync(await settings(scene));
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    public async Task StartHeadAsync(IReadOnlyDictionary<string, string>? environment = null)
    {
        SignOut();
        Head = await HeadProcess.StartAsync(State, _port, Sandbox, environment);
    }

    /// <summary>SIGKILL and a new start on the same state.</summary>
    public async Task RestartAsync(IReadOnlyDictionary<string, string>? environment = null)
    {
        if (_folder is null)
        {
            SignOut();
            await AttachedRestart.DoAsync(Head);
            return;
        }

        await Head.DisposeAsync();
        await StartHeadAsync(environment);
    }

    /// <summary>A customer of the shop with one payment; gives the charge's id.</summary>
    public async Task<string> SellAsync(string email, string name, long minor, string currency, string order, string card = "pm_card_bypassPending")
    {
        JsonNode customer = await Sandbox.StripeAsync("v1/customers", ("email", email), ("name", name));
        return await SellToAsync(customer["id"]!.GetValue<string>(), minor, currency, order, card);
    }

    public async Task<string> SellToAsync(string customer, long minor, string currency, string order, string card = "pm_card_bypassPending")
    {
        JsonNode intent = await Sandbox.StripeAsync(
            "v1/payment_intents",
            ("amount", minor.ToString(CultureInfo.InvariantCulture)), ("currency", currency), ("customer", customer), ("payment_method", card), ("confirm", "true"),
            ("payment_method_types[]", "card"), ("metadata[order_id]", order));
        return intent["latest_charge"]!.GetValue<string>();
    }

    /// <summary>A mail as the mail gateway delivers it; gives the case it went to.</summary>
    public async Task<string> SendMailAsync(string from, string subject, string text, string? messageId = null, string? threadId = null, string? name = null)
    {
        var mail = new JsonObject
        {
            ["messageId"] = messageId ?? $"<{Guid.NewGuid()}@example.com>",
            ["threadId"] = threadId,
            ["from"] = new JsonObject { ["name"] = name, ["address"] = from },
            ["subject"] = subject,
            ["text"] = text,
        };
        using HttpResponseMessage answer = await PostInboxAsync(mail.ToJsonString());
        string body = await answer.Content.ReadAsStringAsync();
        Require.That(answer.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!["caseId"]!.GetValue<string>();
    }

    /// <summary>Posts any body to the inbox, rightly signed.</summary>
    public async Task<HttpResponseMessage> PostInboxAsync(string body)
    {
        InboxKey ??= await VaultSecrets.GetAsync(Sandbox, "inbox-signature");
        string time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string mac = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(InboxKey), Encoding.UTF8.GetBytes($"{time}.{body}")));
        using HttpClient http = Head.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/inbox/messages") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Orchestrator-Signature", $"t={time},v1={mac}");
        return await http.SendAsync(request);
    }

    public async Task<JsonNode> CaseAsync(string caseId) => (await DetailAsync(caseId))["case"]!;

    /// <summary>The case with its messages, approvals and notes.</summary>
    public async Task<JsonNode> DetailAsync(string caseId)
    {
        using HttpClient http = Head.Operator();
        return JsonNode.Parse(await http.GetStringAsync(new Uri($"/api/cases/{caseId}", UriKind.Relative)))!;
    }

    /// <summary>Waits until the case waits for a person, in a round after <paramref name="after"/>; gives the approval.</summary>
    public Task<JsonNode> WaitForApprovalAsync(string caseId, string? after = null) => Eventually.NotNullAsync(
        async () =>
        {
            using HttpClient http = Head.Operator();
            JsonNode open = JsonNode.Parse(await http.GetStringAsync(new Uri("/api/approvals?state=open", UriKind.Relative)))!;
            JsonArray list = open as JsonArray ?? open["approvals"]!.AsArray();
            return list.FirstOrDefault(one => one!["caseId"]!.GetValue<string>() == caseId && one["approvalId"]!.GetValue<string>() != after);
        },
        $"An approval of {caseId}");

    /// <summary>Waits until the case is in a phase.</summary>
    public Task WaitForPhaseAsync(string caseId, string phase) => Eventually.TrueAsync(
        async () => (await CaseAsync(caseId))["phase"]?.GetValue<string>() == phase, Eventually.Patience, () => $"{caseId} never came to {phase}.");

    /// <summary>The cases that a search finds, by address or any id.</summary>
    public async Task<IReadOnlyList<JsonNode>> FindCasesAsync(string search)
    {
        using HttpClient http = Head.Operator();
        JsonNode page = JsonNode.Parse(await http.GetStringAsync(new Uri($"/api/cases?q={Uri.EscapeDataString(search)}", UriKind.Relative)))!;
        return [.. page["cases"]!.AsArray().Select(one => one!)];
    }

    public Task<JsonNode> WaitForEndAsync(string caseId) => Eventually.NotNullAsync(
        async () =>
        {
            JsonNode one = await CaseAsync(caseId);
            return one["runtimeStatus"]!.GetValue<string>() is "completed" or "failed" or "terminated" ? one : null;
        },
        $"The end of {caseId}");

    /// <summary>Decides through the API as somebody who signed in.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> DecideAsync(string approvalId, string who, string kind, Action<JsonObject>? with = null)
    {
        HttpClient http = await AsAsync(who);
        var decision = new JsonObject { ["kind"] = kind, ["messagesSeen"] = 1 };
        if (kind == "deny")
        {
            decision["reason"] = "Not covered by our terms";
        }

        with?.Invoke(decision);
        using HttpResponseMessage answer = await HeadProcess.PostAsync(http, $"/api/approvals/{approvalId}/decision", decision);
        string body = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, body.Length == 0 ? null : JsonNode.Parse(body));
    }

    /// <summary>The client of somebody who has signed in; once for as long as the head lives.</summary>
    public async Task<HttpClient> AsAsync(string who) => _people.TryGetValue(who, out HttpClient? known) ? known : _people[who] = await Head.SignInAsync(who);

    public async Task ApproveAsync(string approvalId, string who = Ana, Action<JsonObject>? with = null)
    {
        (HttpStatusCode status, JsonNode? body) = await DecideAsync(approvalId, who, "approve", with);
        Require.That(status == HttpStatusCode.OK, body?.ToJsonString());
    }

    public async Task<IReadOnlyList<JsonNode>> RefundsAsync(string charge) =>
        [.. (await Sandbox.LedgerAsync())["refunds"]!.AsArray().Where(one => one!["charge"]!.GetValue<string>() == charge).Select(one => one!)];

    public async Task<IReadOnlyList<JsonNode>> MailsToAsync(string address) =>
        [.. (await Sandbox.MailsAsync()).Where(mail => mail.ToJsonString().Contains($"\"{address}\"", StringComparison.OrdinalIgnoreCase))];

    /// <summary>The cards that link to a case or one of its approvals.</summary>
    public async Task<IReadOnlyList<JsonNode>> CardsOfAsync(string caseId) =>
        [.. (await Sandbox.CardsAsync()).Where(card => card.ToJsonString().Contains(caseId, StringComparison.Ordinal))];

    /// <summary>A case's records, oldest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> AuditAsync(string caseId)
    {
        using HttpClient http = Head.Operator();
        JsonNode audit = JsonNode.Parse(await http.GetStringAsync(new Uri($"/api/audit?case={caseId}", UriKind.Relative)))!;
        return [.. (audit as JsonArray ?? audit["records"]!.AsArray()).Select(one => one!).OrderBy(one => one["sequence"]!.GetValue<long>())];
    }

    public async Task AssertChainHoldsAsync()
    {
        using HttpClient http = Head.Operator();
        JsonNode verdict = JsonNode.Parse(await http.GetStringAsync(new Uri("/api/audit/verify", UriKind.Relative)))!;
        Require.That(verdict["holds"]!.GetValue<bool>(), verdict.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        SignOut();
        if (Head is not null)
        {
            await Head.DisposeAsync();
        }

        await Sandbox.DisposeAsync();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void SignOut()
    {
        foreach (HttpClient http in _people.Values)
        {
            http.Dispose();
        }

        _people.Clear();
    }
}
