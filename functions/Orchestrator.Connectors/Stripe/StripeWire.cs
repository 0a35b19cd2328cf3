using System.Text.Json;
using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Stripe;

/// <summary>One request to Stripe: form-encoded, the version pinned, the key of this one call (docs.stripe.com/api).</summary>
internal sealed class StripeWire(HttpClient client, StripeOptions options, TimeProvider clock)
{
    public const string Who = "Stripe";

    /// <summary>The JSON object at <paramref name="path"/>; null on a 404 that Stripe itself gave (<c>resource_missing</c>).</summary>
    public async Task<JsonElement?> GetAsync(ActCall call, string path, CancellationToken cancellationToken)
    {
        OutsideAnswer answer = await SendAsync(HttpMethod.Get, call.Key, path, form: null, idempotencyKey: null, cancellationToken);
        string? requestId = answer.Header("Request-Id");
        call.Answered(requestId);
        if (answer.IsSuccess)
        {
            return Parse(answer.Body) ?? throw OutsideWire.NoAnswer(Who, $"the answer to GET /{Route(path)} is no JSON object", "unreadable_answer", changesTheWorld: false, inner: null, requestId);
        }

        StripeError error = StripeError.Read(answer);
        return error.IsMissing ? null : throw error.ToFailure(call.Key, $"GET /{Route(path)}", OutsideWire.RetryAfter(answer, clock));
    }

    /// <summary>The answer as it came: the caller knows what a refusal means.</summary>
    public async Task<OutsideAnswer> PostAsync(KeyLease key, string path, IReadOnlyList<KeyValuePair<string, string>> form, string? idempotencyKey, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Post, key, path, form, idempotencyKey, cancellationToken);

    public async Task<OutsideAnswer> SendAsync(HttpMethod method, KeyLease key, string path, IReadOnlyList<KeyValuePair<string, string>>? form, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = OutsideWire.Bearer(key);
        request.Headers.Add("Stripe-Version", StripeOptions.Version);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        if (form is not null)
        {
            request.Content = new FormUrlEncodedContent(form);
        }

        return await OutsideWire.SendAsync(client, request, Who, options.Timeout, changesTheWorld: method != HttpMethod.Get, cancellationToken);
    }

    /// <summary>Null when the text is no JSON object.</summary>
    public static JsonElement? Parse(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The path without its query, which may hold a customer's address.</summary>
    private static string Route(string path) => path.Split('?')[0];
}
