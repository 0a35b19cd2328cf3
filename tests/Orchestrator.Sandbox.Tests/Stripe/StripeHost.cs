using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Sandbox.State;
using Orchestrator.Sandbox.Stripe;

namespace Orchestrator.Sandbox.Tests.Stripe;

/// <summary>The stand-in on real Kestrel, on a port of its own, with a clock that tests move.</summary>
public sealed class StripeHost : IAsyncDisposable
{
    public const string SecretKey = "sk_test_000000000000000000000000000000";

    private readonly WebApplication _app;
    private readonly StripeStandIn _stripe;

    private StripeHost(WebApplication app, StripeStandIn stripe, SandboxClock clock)
    {
        _app = app;
        _stripe = stripe;
        Clock = clock;
        Address = new Uri(app.Urls.First());
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    internal SandboxClock Clock { get; }

    public static async Task<StripeHost> StartAsync(string? stateFolder = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        SandboxClock clock = new(TimeProvider.System);
        StripeStandIn stripe = new(stateFolder, clock);
        stripe.Map(app);
        await app.StartAsync();
        return new StripeHost(app, stripe, clock);
    }

    public Task<Answer> GetAsync(string path, string? key = null) => SendAsync(HttpMethod.Get, path, "", key);

    public Task<Answer> PostAsync(string path, string form = "", string? key = null, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, path, form, key, idempotencyKey);

    public Task<Answer> DeleteAsync(string path, string form = "") => SendAsync(HttpMethod.Delete, path, form, null);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string form, string? key, string? idempotencyKey = null)
    {
        using HttpRequestMessage request = new(method, path);
        if (method != HttpMethod.Get)
        {
            request.Content = new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        }

        key ??= SecretKey;
        request.Headers.Authorization = key.Length == 0 ? null : new AuthenticationHeaderValue("Bearer", key);

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await SendAsync(request);
    }

    /// <summary>A request as it stands.</summary>
    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    /// <summary>A control route, JSON in and out.</summary>
    public async Task<JsonObject> ControlAsync(HttpMethod method, string route, JsonObject? body = null)
    {
        using HttpRequestMessage request = new(method, $"/_sandbox/stripe/{route}");
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        }

        using HttpResponseMessage response = await Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{route}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    public Task<JsonObject> ControlAsync(string route, JsonObject? body = null) => ControlAsync(HttpMethod.Post, route, body ?? []);

    /// <summary>A captured charge made through a payment intent; the answer is the charge.</summary>
    public async Task<JsonObject> PayAsync(long amount = 2000, string currency = "usd", string method = "pm_card_visa", string more = "")
    {
        Answer intent = await PostAsync("/v1/payment_intents", $"amount={amount}&currency={currency}&payment_method={method}&confirm=true&expand[]=latest_charge{more}");
        Assert.Equal(200, intent.Status);
        return intent.Json["latest_charge"]!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stripe.Dispose();
    }
}

/// <summary>An answer read whole.</summary>
public sealed record Answer(int Status, JsonObject Json, IReadOnlyDictionary<string, string> Headers)
{
    public JsonObject Error => Json["error"]!.AsObject();

    public string? this[string field] => Json[field]?.ToString();

    public string Id => this["id"]!;

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        Dictionary<string, string> headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, JsonNode.Parse(text)!.AsObject(), headers);
    }
}
