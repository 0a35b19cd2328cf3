using System.Text.Json;
using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Stripe;

/// <summary>One request to Stripe: form-encoded, the version pinned, the key of this one call (docs.stripe.com/api).</summary>
internal sealed class StripeWire(HttpClient client, StripeOptions options)
{
    public const string Who = "Stripe";

    /// <summary>The answer as it came: the caller knows what a refusal means.</summary>
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
}
