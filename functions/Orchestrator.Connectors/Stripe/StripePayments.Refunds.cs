using System.Globalization;
using System.Text.Json;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Stripe;

/// <content>Moving money (docs.stripe.com/api/refunds/create).</content>
public sealed partial class StripePayments
{
    private const string Create = "POST /v1/refunds";

    public async Task<RefundAnswer> CreateAsync(ActCall call, RefundOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(order);
        Check(order);
        OutsideAnswer answer = await _requests.CreateRefundAsync(call.Key, order, cancellationToken);
        string? requestId = answer.Header("Request-Id");
        call.Answered(requestId);
        call.Saw(order.Charge.Value);
        return answer.IsSuccess ? Made(call, order, answer.Body, requestId) : Refusal(call, order, answer);
    }

    private static RefundAnswer.Made Made(ActCall call, RefundOrder order, string body, string? requestId)
    {
        try
        {
            RefundRecord refund = StripeObjects.Refund(StripeWire.Parse(body) ?? throw new FormatException("The answer is no JSON object."));
            if (refund.Charge != order.Charge || refund.Amount != order.Amount || refund.CaseId != order.CaseId || refund.Intent != order.Intent)
            {
                throw new FormatException("The answer speaks of another refund than the one that was asked for.");
            }

            call.Saw(refund.Id.Value);
            return new(refund);
        }
        catch (FormatException exception)
        {
            throw OutsideWire.NoAnswer(StripeWire.Who, $"the answer to {Create} can't be believed: {exception.Message.TrimEnd('.')}", "unreadable_answer", changesTheWorld: true, inner: null, requestId);
        }
    }

    private RefundAnswer Refusal(ActCall call, RefundOrder order, OutsideAnswer answer)
    {
        StripeError error = StripeError.Read(answer);
        if (error.Code == "approval_required")
        {
            return HeldByStripe(error);
        }

        int status = (int)error.Status;
        bool nothingHappened = status is 401 or 403 or 409 or 429 or (>= 300 and < 400);
        bool unknown = nothingHappened ? answer.SentBefore : !error.IsStripes || status is >= 500 or 424;
        if (unknown)
        {
            string replayed = answer.Header("Idempotent-Replayed") == "true" ? ", replaying what it answered to this idempotency key before" : "";
            string before = answer.SentBefore ? ", after it had been sent before without an answer to go by" : "";
            throw OutsideWire.NoAnswer(StripeWire.Who, $"{Create} for {order.Charge} was answered with {status}{replayed}{before}", error.Code ?? status.ToString(CultureInfo.InvariantCulture), changesTheWorld: true, inner: null, error.RequestId);
        }

        return status is 400 or 402 or 404 && error.Type != "idempotency_error" && !error.IsOtherMode && Business(error) is { } refusal
            ? new RefundAnswer.Refused(refusal, error.Message)
            : throw error.ToFailure(call.Key, Create, OutsideWire.RetryAfter(answer, _clock));
    }

    /// <summary>Null when the refusal says that the request itself is wrong, which no person at the approval can help.</summary>
    private static RefundRefusal? Business(StripeError error) => error.Code switch
    {
        "charge_already_refunded" => RefundRefusal.ChargeAlreadyRefunded,
        "charge_disputed" => RefundRefusal.ChargeDisputed,
        "amount_too_large" => RefundRefusal.AmountOverRemainder,
        "resource_missing" => RefundRefusal.ChargeNotFound,
        // Stripe gives no code for this one: parameter and sentence are all there is.
        _ when error.Param == "amount" && error.Message.Contains("is greater than", StringComparison.OrdinalIgnoreCase) => RefundRefusal.AmountOverRemainder,
        _ when error.Message.Contains("has already been refunded", StringComparison.OrdinalIgnoreCase) => RefundRefusal.ChargeAlreadyRefunded,
        _ when error.Message.Contains("has been charged back", StringComparison.OrdinalIgnoreCase) => RefundRefusal.ChargeDisputed,
        { } code when code.StartsWith("parameter_", StringComparison.Ordinal) || code.EndsWith("api_key_expired", StringComparison.Ordinal) => null,
        _ => RefundRefusal.Other,
    };

    /// <summary>Stripe's own two-party approval (v2, preview; the shape still moves): whatever is missing is left out.</summary>
    private static RefundAnswer.AwaitsStripeApproval HeldByStripe(StripeError error)
    {
        JsonElement request = (error.Raw is { } raw ? StripeObjects.Child(raw, "approval_request") : null) ?? default;
        if (request.ValueKind != JsonValueKind.Object)
        {
            string? id = error.Raw is { } bare ? StripeObjects.OptionalText(bare, "approval_request") : null;
            return new(id ?? "(not named)", null, null);
        }

        return new(StripeObjects.OptionalText(request, "id") ?? "(not named)", StripeObjects.OptionalText(request, "dashboard_url"), Expiry(request));
    }

    /// <summary>Unix seconds in v1, ISO 8601 in v2.</summary>
    private static DateTimeOffset? Expiry(JsonElement request) =>
        !request.TryGetProperty("expires_at", out JsonElement at) ? null
        : at.ValueKind == JsonValueKind.Number && at.TryGetInt64(out long seconds) && seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : at.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(at.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : null;

    private static void Check(RefundOrder order)
    {
        bool sound = IsId(order.Charge.Value)
            && order.Amount.MinorUnits > 0
            && order.Reason is "duplicate" or "requested_by_customer"
            && order.IdempotencyKey is { Length: > 0 and <= 255 } && order.IdempotencyKey.All(letter => letter is > ' ' and < '\x7f')
            && order.CaseId is { Length: > 0 and <= 500 }
            && order.Intent is { Length: > 0 and <= 500 };
        if (!sound)
        {
            throw new PermanentFailureException($"The refund order of case '{order.CaseId}' is not one that may leave: charge, amount, reason ('duplicate' or 'requested_by_customer') or idempotency key is wrong. This is a fault of the product.", "malformed_order");
        }
    }
}
