using System.Text.Json;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Operations.Webhooks;

/// <summary>What of a Stripe event (docs.stripe.com/api/events/object) is of use here.</summary>
/// <param name="IsLive">Whether it happened with live keys; null when the event does not say.</param>
/// <param name="Account">The connected account that it happened on; null for the own one.</param>
/// <param name="Refunds">Refunds that it is about; empty for every other type.</param>
internal sealed record StripeEvent(string Id, string Type, string? RequestId, string? IdempotencyKey, bool? IsLive, string? Account, IReadOnlyList<ToldRefund> Refunds)
{
    private static readonly string[] RefundTypes = ["refund.created", "refund.updated", "refund.failed", "charge.refund.updated"];

    public static bool IsAboutRefunds(string type) => RefundTypes.Contains(type) || type == "charge.refunded";

    /// <summary>Has one reading only: a name twice is refused.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Null when the body is no event.</summary>
    public static StripeEvent? Read(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Strict);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "id") is not { } id || !IsId(id) || Text(root, "type") is not { Length: <= 255 } type)
            {
                return null;
            }

            JsonElement? request = Object(root, "request");
            JsonElement? about = Object(root, "data") is { } data ? Object(data, "object") : null;
            bool? live = root.TryGetProperty("livemode", out JsonElement mode) && mode.ValueKind is JsonValueKind.True or JsonValueKind.False ? mode.ValueKind == JsonValueKind.True : null;
            return new(id, type, Text(request, "id"), Text(request, "idempotency_key"), live, Text(root, "account"), about is { } subject ? Refunded(type, subject) : []);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException) // half a surrogate pair, an id that is none
        {
            return null;
        }
    }

    private static IReadOnlyList<ToldRefund> Refunded(string type, JsonElement subject)
    {
        if (RefundTypes.Contains(type))
        {
            return One(subject, null) is { } refund ? [refund] : [];
        }

        // A charge carries its refunds only where the endpoint's API version still expands them; refund.* tells the same.
        return type == "charge.refunded" && Object(subject, "refunds") is { } list && list.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Array
            ? [.. data.EnumerateArray().Select(element => One(element, Text(Object(subject, "metadata"), "case_id"))).OfType<ToldRefund>()]
            : [];
    }

    private static ToldRefund? One(JsonElement refund, string? caseId) =>
        refund.ValueKind == JsonValueKind.Object && Text(refund, "id") is { } id && IsId(id)
            ? new(RefundId.From(id), Status(Text(refund, "status")), CaseId(Text(Object(refund, "metadata"), "case_id") ?? caseId))
            : null;

    private static bool IsId(string text) => text is { Length: > 0 and <= 255 } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    /// <summary>Metadata is text that anybody with the dashboard may write: only what looks like a case of ours is one.</summary>
    private static string? CaseId(string? stated) =>
        stated is { Length: <= 64 } && CaseIds.IsCaseId(stated) ? stated : null;

    private static RefundStatus Status(string? status) => status switch
    {
        "pending" => RefundStatus.Pending,
        "requires_action" => RefundStatus.RequiresAction,
        "succeeded" => RefundStatus.Succeeded,
        "failed" => RefundStatus.Failed,
        "canceled" => RefundStatus.Canceled,
        _ => RefundStatus.Unknown,
    };

    private static string? Text(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } one && one.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Object(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value : null;
}

/// <param name="CaseId">From the refund's metadata; null when it is none of ours.</param>
internal sealed record ToldRefund(RefundId Id, RefundStatus Status, string? CaseId);
