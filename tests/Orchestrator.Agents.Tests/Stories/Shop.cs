using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Payments;
using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>The world outside, as the sandbox plays it over HTTP: a shop that sells, and what Stripe, the outbox and the channel show afterwards.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly SandboxHost _host;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private Shop(SandboxHost host) => _host = host;

    public SandboxAddresses Addresses => _host.Addresses;

    private Uri Stripe => Addresses.Stripe!;

    public static async Task<Shop> OpenAsync() => new(await SandboxHost.StartAsync(
        new() { StripePort = 0, MailPort = 0, TeamsPort = 0, TeamsCardsPerSecond = 0 }, TimeProvider.System, CancellationToken.None));

    /// <summary>A customer who has paid nothing yet.</summary>
    public async Task<string> MeetAsync(string email) =>
        Id(await StripeAsync("v1/customers", ("email", email), ("name", "Clara Klar")), "id");

    public async Task<ChargeId> SellAsync(string email, long minorUnits, string order, string card = "pm_card_bypassPending") =>
        await SellToAsync(await MeetAsync(email), minorUnits, order, card);

    public async Task<ChargeId> SellToAsync(string customer, long minorUnits, string order, string card = "pm_card_bypassPending") => new(Id(
        await StripeAsync(
            "v1/payment_intents",
            ("amount", minorUnits.ToString(CultureInfo.InvariantCulture)), ("currency", "eur"), ("customer", customer), ("payment_method", card), ("confirm", "true"),
            ("payment_method_types[]", "card"), ("metadata[order_id]", order)),
        "latest_charge"));

    /// <summary>A colleague refunds in Stripe's dashboard.</summary>
    public Task RefundByHandAsync(ChargeId charge, long minorUnits) =>
        StripeAsync("v1/refunds", ("charge", charge.Value), ("amount", minorUnits.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What no test key of Stripe may: a control route of the sandbox.</summary>
    public Task ControlAsync(string path, JsonObject body) =>
        SendAsync(new(HttpMethod.Post, new Uri(Stripe, "_sandbox/stripe/" + path)) { Content = new StringContent(body.ToJsonString(), null, "application/json") });

    /// <summary>Every refund that Stripe made, whoever asked for it.</summary>
    public async Task<IReadOnlyList<JsonNode>> RefundsAsync() =>
        [.. (await GetAsync(Stripe, "_sandbox/stripe/ledger"))["refunds"]!.AsArray().Select(refund => refund!)];

    /// <summary>Titles and texts of the cards about a case, oldest first.</summary>
    public async Task<IReadOnlyList<string>> CardsAsync(string caseId) =>
        [.. (await GetAsync(Addresses.Teams!.Address, "_sandbox/teams/cards"))["cards"]!.AsArray().Reverse().Select(card => card!.ToJsonString()).Where(card => card.Contains(caseId, StringComparison.Ordinal))];

    public async Task<IReadOnlyList<string>> MailsAsync() =>
        [.. (await GetAsync(Addresses.Mail!.Address, "_sandbox/mail/messages"))["messages"]!.AsArray().Select(mail => mail!.ToJsonString())];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    private Task<JsonNode> GetAsync(Uri standIn, string path) => SendAsync(new(HttpMethod.Get, new Uri(standIn, path)));

    private Task<JsonNode> StripeAsync(string path, params (string Name, string Value)[] form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Stripe, path)) { Content = new FormUrlEncodedContent(form.Select(one => KeyValuePair.Create(one.Name, one.Value))) };
        request.Headers.Authorization = new("Bearer", "sk_test_sandbox00000000000000000000");
        return SendAsync(request);
    }

    private async Task<JsonNode> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using HttpResponseMessage answer = await _http.SendAsync(request);
            string text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{request.RequestUri}: {(int)answer.StatusCode} {text}");
            return JsonNode.Parse(text)!;
        }
    }

    private static string Id(JsonNode from, string name) => from[name]!.GetValue<string>();
}
