using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Stripe;

/// <summary>Stripe's error object (docs.stripe.com/api/errors), or what stood in its place.</summary>
/// <param name="IsStripes">Whether the body was an error object at all; a proxy's page is not.</param>
internal sealed partial record StripeError(HttpStatusCode Status, bool IsStripes, string Type, string? Code, string? Param, string Message, string? RequestId, JsonElement? Raw)
{
    private const int LongestMessage = 300;

    public bool IsMissing => Status == HttpStatusCode.NotFound && IsStripes && Code is "resource_missing" && !IsOtherMode;

    /// <summary>The id exists in the other mode: the key is for test and the object is live, or the other way round.</summary>
    public bool IsOtherMode => Message.Contains("a similar object exists in", StringComparison.OrdinalIgnoreCase);

    public static StripeError Read(OutsideAnswer answer)
    {
        JsonElement? error = StripeWire.Parse(answer.Body) is { } body && body.TryGetProperty("error", out JsonElement found) && found.ValueKind == JsonValueKind.Object ? found : null;
        string message = Text(error, "message") ?? "";
        return new(
            answer.Status,
            error is not null,
            Text(error, "type") ?? "",
            Text(error, "code"),
            Text(error, "param"),
            KeyLike().Replace(message.Length > LongestMessage ? message[..LongestMessage] : message, "(key)"),
            answer.Header("Request-Id"),
            error);
    }

    /// <summary>The failure that a refused read, or a refused act whose refusal is no business of the case, amounts to.</summary>
    /// <param name="what">For messages: <c>GET /v1/charges</c>.</param>
    public OutsideFailureException ToFailure(KeyLease key, string what, TimeSpan? retryAfter)
    {
        string name = $"'{key.Name}' (version {key.Version})";
        return (int)Status switch
        {
            401 => Permanent($"Stripe does not accept key {name}: it was mistyped, revoked or has expired. Make a restricted key at dashboard.stripe.com/apikeys and store it as a new version of '{key.Name}'."),
            403 => Permanent($"Key {name} may not do {what}{(Slug() is { } slug ? $": it lacks the permission '{slug}'" : "")}. Allow it at dashboard.stripe.com/apikeys, or store another key as a new version of '{key.Name}'."),
            429 => Transient($"Stripe is limiting requests ({what}).", retryAfter),
            409 => Transient($"Stripe is busy with the same object or request ({what}).", retryAfter),
            >= 500 or 424 => Transient($"Stripe failed with {(int)Status} ({what}).", retryAfter),
            >= 300 and < 400 => Permanent($"{what} was answered by a redirect, which is never followed. Check the setting Stripe:BaseAddress."),
            _ when !IsStripes => Permanent($"{what} was answered with {(int)Status} by something that is not Stripe. Check the setting Stripe:BaseAddress and proxies between."),
            _ when Type == "idempotency_error" => Permanent($"{what}: the idempotency key was used before with other parameters. This is a fault of the product: report it with Stripe's request id {RequestId}."),
            _ when IsOtherMode => Permanent($"{what}: the object belongs to the other mode (test or live) than key {name}. Store a key of the right mode."),
            404 => new RefusedException($"Stripe knows nothing at {what}.", Code, RequestId),
            _ => Permanent($"Stripe refused {what} ({(int)Status} {Code ?? Type}): {Message}"),
        };
    }

    private PermanentFailureException Permanent(string message) => new(message, Code ?? (Type.Length > 0 ? Type : ((int)Status).ToString(System.Globalization.CultureInfo.InvariantCulture)), RequestId);

    private TransientFailureException Transient(string message, TimeSpan? retryAfter) =>
        new(message, Code ?? ((int)Status).ToString(System.Globalization.CultureInfo.InvariantCulture), RequestId) { RetryAfter = retryAfter };

    private string? Slug() => Permission().Match(Message) is { Success: true } match ? match.Value : null;

    private static string? Text(JsonElement? element, string name) =>
        element is { } found && found.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex("rak_[a-z_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Permission();

    /// <summary>Stripe shows a shortened key in some messages; not even that goes on.</summary>
    [GeneratedRegex(@"\b(?:[spr]k|whsec)_[A-Za-z0-9_*.]+", RegexOptions.CultureInvariant)]
    private static partial Regex KeyLike();
}
