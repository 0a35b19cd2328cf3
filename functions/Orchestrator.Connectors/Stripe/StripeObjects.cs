using System.Text.Json;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Connectors.Stripe;

/// <summary>Stripe's objects as this product's records. Each throws <see cref="FormatException"/> when the object is not what it should be.</summary>
internal static class StripeObjects
{
    public static CustomerRecord Customer(JsonElement json) => new(new(Id(json, "customer")), OptionalText(json, "name"), OptionalText(json, "email"), Time(json, "created"));

    public static ChargeRecord Charge(JsonElement json)
    {
        Currency currency = CurrencyOf(json);
        bool captured = Flag(json, "captured");
        long authorized = Amount(json, "amount");
        long paid = captured && json.TryGetProperty("amount_captured", out _) ? Math.Min(authorized, Amount(json, "amount_captured")) : authorized;
        return new(
            new(Id(json, "charge")),
            Reference(json, "payment_intent"),
            Reference(json, "customer") is { } customer ? new CustomerId(customer) : null,
            new(paid, currency),
            new(Amount(json, "amount_refunded"), currency),
            OptionalText(json, "status") switch
            {
                "succeeded" => ChargeStatus.Succeeded,
                "pending" => ChargeStatus.Pending,
                "failed" => ChargeStatus.Failed,
                _ => ChargeStatus.Unknown,
            },
            captured,
            Flag(json, "disputed"),
            Child(json, "outcome") is { } outcome ? Risk(OptionalText(outcome, "risk_level")) : RiskLevel.Unknown,
            Time(json, "created"),
            Method(json),
            StripeReferences.Of(json))
        {
            CaptureBefore = captured ? null : CaptureBefore(json),
            PassedOnTo = Child(json, "transfer_data") is { } passed ? Reference(passed, "destination") : Reference(json, "destination"),
        };
    }

    public static RefundRecord Refund(JsonElement json)
    {
        JsonElement? metadata = Child(json, "metadata");
        return new(
            new(Id(json, "refund")),
            new(Reference(json, "charge") ?? throw new FormatException("A refund without its charge.")),
            new(Amount(json, "amount"), CurrencyOf(json)),
            OptionalText(json, "status") switch
            {
                "pending" => RefundStatus.Pending,
                "requires_action" => RefundStatus.RequiresAction,
                "succeeded" => RefundStatus.Succeeded,
                "failed" => RefundStatus.Failed,
                "canceled" => RefundStatus.Canceled,
                _ => RefundStatus.Unknown,
            },
            OptionalText(json, "failure_reason"),
            OptionalText(json, "pending_reason"),
            Time(json, "created"),
            metadata is { } ours ? OptionalText(ours, RefundMetadata.CaseId) : null,
            metadata is { } same ? OptionalText(same, RefundMetadata.Intent) : null);
    }

    public static DisputeRecord Dispute(JsonElement json) => new(
        Id(json, "dispute"),
        new(Reference(json, "charge") ?? throw new FormatException("A dispute without its charge.")),
        OptionalText(json, "status") ?? "",
        OptionalText(json, "reason") ?? "",
        new(Amount(json, "amount"), CurrencyOf(json)),
        Time(json, "created"));

    public static SubscriptionRecord Subscription(JsonElement json) => new(Id(json, "subscription"), OptionalText(json, "status") ?? "", Time(json, "created"));

    public static string? OptionalText(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static JsonElement? Child(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value : null;

    /// <summary>The id that stands in a field, also when the object itself was expanded there.</summary>
    public static string? Reference(JsonElement json, string name) =>
        OptionalText(json, name) ?? (Child(json, name) is { } expanded ? OptionalText(expanded, "id") : null);

    private static string Id(JsonElement json, string type) => OptionalText(json, "object") == type && OptionalText(json, "id") is { Length: > 0 } id
        ? id
        : throw new FormatException($"What should be a {type} is none.");

    private static DateTimeOffset? CaptureBefore(JsonElement charge) =>
        Child(charge, "payment_method_details") is { } details && Child(details, "card") is { } card
            && card.TryGetProperty("capture_before", out JsonElement end) && end.ValueKind == JsonValueKind.Number
            ? Time(card, "capture_before")
            : null;

    private static long Amount(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long amount) && amount >= 0
            ? amount
            : throw new FormatException($"'{name}' is no amount.");

    private static DateTimeOffset Time(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new FormatException($"'{name}' is no time.");

    private static bool Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.ValueKind == JsonValueKind.True
            : throw new FormatException($"'{name}' is neither true nor false.");

    private static Currency CurrencyOf(JsonElement json) =>
        Currency.TryParse(OptionalText(json, "currency"), out Currency currency) ? currency : throw new FormatException("'currency' is none.");

    private static RiskLevel Risk(string? level) => level switch
    {
        "not_assessed" => RiskLevel.NotAssessed,
        "normal" => RiskLevel.Normal,
        "elevated" => RiskLevel.Elevated,
        "highest" => RiskLevel.Highest,
        _ => RiskLevel.Unknown,
    };

    private static string Method(JsonElement charge)
    {
        if (Child(charge, "payment_method_details") is not { } details || OptionalText(details, "type") is not { } type)
        {
            return "unknown";
        }

        return type == "card" && Child(details, "card") is { } card
            ? $"{OptionalText(card, "brand") ?? "card"} {OptionalText(card, "last4")}".TrimEnd()
            : type;
    }
}
