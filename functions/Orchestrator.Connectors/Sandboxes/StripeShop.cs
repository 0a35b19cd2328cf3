using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Sandboxes;

/// <summary>A shop that sells at the Stripe stand-in, with a secret test key of its own: it makes the customers and charges that there is something to refund of. Never pointed at the real Stripe.</summary>
public sealed class StripeShop : IDisposable
{
    /// <summary>Any secret test key opens the stand-in; this one opens nothing else.</summary>
    private const string SecretKey = "sk_test_sandbox00000000000000000000";

    private readonly HttpClient _http;

    public StripeShop(Uri standIn)
    {
        if (!standIn.IsLoopback)
        {
            throw new ArgumentException("The shop sells at a stand-in on this machine only.", nameof(standIn));
        }

        _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = standIn, Timeout = TimeSpan.FromSeconds(20) };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", SecretKey);
    }

    public async Task<string> AddCustomerAsync(string name, string email, CancellationToken cancellationToken) =>
        Id(await PostAsync("v1/customers", [("name", name), ("email", email)], cancellationToken), "id");

    /// <summary>Sells and is paid at once.</summary>
    /// <param name="card">One of Stripe's test payment methods.</param>
    /// <returns>The charge's id.</returns>
    public async Task<string> SellAsync(string customer, long minorUnits, string currency, string order, CancellationToken cancellationToken, string card = "pm_card_bypassPending") =>
        Id(
            await PostAsync(
                "v1/payment_intents",
                [
                    ("amount", minorUnits.ToString(CultureInfo.InvariantCulture)), ("currency", currency), ("customer", customer), ("payment_method", card), ("confirm", "true"),
                    ("payment_method_types[]", "card"), ("description", "Order " + order), ("metadata[order_id]", order),
                ],
                cancellationToken),
            "latest_charge");

    public Task RefundAsync(string charge, CancellationToken cancellationToken) => PostAsync("v1/refunds", [("charge", charge)], cancellationToken);

    /// <summary>Every refund, newest first.</summary>
    public async Task<IReadOnlyList<LedgerRefund>> ListRefundsAsync(CancellationToken cancellationToken)
    {
        using JsonDocument page = await GetAsync("v1/refunds?limit=100", cancellationToken);
        return
        [
            .. page.RootElement.GetProperty("data").EnumerateArray().Select(refund => new LedgerRefund(
                Text(refund, "id")!,
                Text(refund, "charge") ?? "",
                refund.GetProperty("amount").GetInt64(),
                Text(refund, "currency")!,
                Text(refund, "status") ?? "",
                refund.TryGetProperty("metadata", out JsonElement metadata) ? Text(metadata, "case_id") : null)),
        ];
    }

    /// <summary>Has the stand-in send its events to <paramref name="url"/>: moves the endpoint that was made for it, or makes one.</summary>
    /// <returns>The signing secret when the endpoint is new; Stripe tells it only then.</returns>
    public async Task<string?> SendEventsToAsync(Uri url, bool secretIsKnown, CancellationToken cancellationToken)
    {
        using (JsonDocument page = await GetAsync("v1/webhook_endpoints?limit=100", cancellationToken))
        {
            foreach (JsonElement endpoint in page.RootElement.GetProperty("data").EnumerateArray().Where(endpoint => Text(endpoint, "description") == Description))
            {
                string id = Text(endpoint, "id")!;
                if (!secretIsKnown)
                {
                    using HttpResponseMessage gone = await _http.DeleteAsync(new Uri("v1/webhook_endpoints/" + id, UriKind.Relative), cancellationToken);
                    continue;
                }

                if (Text(endpoint, "url") != url.AbsoluteUri)
                {
                    _ = await PostAsync("v1/webhook_endpoints/" + id, [("url", url.AbsoluteUri)], cancellationToken);
                }

                return null;
            }
        }

        JsonElement made = await PostAsync(
            "v1/webhook_endpoints",
            [
                ("url", url.AbsoluteUri), ("description", Description),
                ("enabled_events[]", "refund.created"), ("enabled_events[]", "refund.updated"), ("enabled_events[]", "refund.failed"),
            ],
            cancellationToken);
        return Text(made, "secret");
    }

    /// <summary>Makes a restricted key known to the stand-in, with these permissions and no other.</summary>
    public Task RegisterKeyAsync(string key, IReadOnlyList<string> permissions, CancellationToken cancellationToken) =>
        ControlAsync(HttpMethod.Post, "keys", new JsonObject { ["key"] = key, ["permissions"] = new JsonArray([.. permissions.Select(permission => JsonValue.Create(permission))]) }, cancellationToken);

    /// <summary>Lets a charge be older than it is.</summary>
    public Task BackdateAsync(string charge, DateTimeOffset to, CancellationToken cancellationToken) =>
        ControlAsync(HttpMethod.Patch, "objects/" + charge, new JsonObject { ["created"] = to.ToUnixTimeSeconds() }, cancellationToken);

    public void Dispose() => _http.Dispose();

    private const string Description = "orchestrator";

    private async Task ControlAsync(HttpMethod method, string route, JsonObject given, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, "_sandbox/stripe/" + route) { Content = new StringContent(given.ToJsonString(), new MediaTypeHeaderValue("application/json")) };
        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
        _ = await ReadAsync(answer, cancellationToken);
    }

    private async Task<JsonElement> PostAsync(string path, IEnumerable<(string Name, string Value)> fields, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using HttpResponseMessage answer = await _http.PostAsync(new Uri(path, UriKind.Relative), form, cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    private async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return JsonDocument.Parse((await ReadAsync(answer, cancellationToken)).GetRawText());
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        string text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? JsonElement.Parse(text)
            : throw new SettingsException($"The Stripe stand-in answered {(int)answer.StatusCode} to {answer.RequestMessage?.RequestUri?.AbsolutePath}: {text}");
    }

    private static string Id(JsonElement from, string name) =>
        Text(from, name) ?? throw new SettingsException($"The Stripe stand-in gave no {name}.");

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A refund as the stand-in's ledger has it.</summary>
public sealed record LedgerRefund(string Id, string Charge, long MinorUnits, string Currency, string Status, string? CaseId);
