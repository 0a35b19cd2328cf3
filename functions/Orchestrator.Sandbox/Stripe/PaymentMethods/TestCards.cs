namespace Orchestrator.Sandbox.Stripe.PaymentMethods;

/// <summary>Stripe's test cards by name and by number.</summary>
internal static class TestCards
{
    private static readonly TestCard[] All =
    [
        new("visa", "4242424242424242", "visa"),
        new("visa_debit", "4000056655665556", "visa") { Funding = "debit" },
        new("mastercard", "5555555555554444", "mastercard"),
        new("mastercard_debit", "5200828282828210", "mastercard") { Funding = "debit" },
        new("mastercard_prepaid", "5105105105105100", "mastercard") { Funding = "prepaid" },
        new("amex", "378282246310005", "amex"),
        new("discover", "6011111111111117", "discover"),
        new("diners", "3056930009020004", "diners"),
        new("jcb", "3566002020360505", "jcb") { Country = "JP" },
        new("unionpay", "6200000000000005", "unionpay") { Country = "CN" },
        new("de", "4000002760000016", "visa") { Country = "DE" },
        new("fr", "4000002500000003", "visa") { Country = "FR" },
        new("gb", "4000008260000000", "visa") { Country = "GB" },
        new("jp", "4000003920000003", "visa") { Country = "JP" },
        new("bypassPending", "4000000000000077", "visa", CardFate.PaysAtOnce),
        new("bypassPendingInternational", "4000003720000278", "visa", CardFate.PaysAtOnce) { Country = "IE" },
        new("chargeDeclined", "4000000000000002", "visa", CardFate.Declines, "generic_decline"),
        new("chargeDeclinedInsufficientFunds", "4000000000009995", "visa", CardFate.Declines, "insufficient_funds"),
        new("chargeDeclinedLostCard", "4000000000009987", "visa", CardFate.Declines, "lost_card"),
        new("chargeDeclinedStolenCard", "4000000000009979", "visa", CardFate.Declines, "stolen_card"),
        new("chargeDeclinedFraudulent", "4100000000000019", "visa", CardFate.BlockedByRadar, "highest_risk_level", RefusedWhenAttached: false),
        new("chargeDeclinedExpiredCard", "4000000000000069", "visa", CardFate.Declines, "expired_card"),
        new("chargeDeclinedIncorrectCvc", "4000000000000127", "visa", CardFate.Declines, "incorrect_cvc"),
        new("chargeDeclinedProcessingError", "4000000000000119", "visa", CardFate.Declines, "processing_error"),
        new("chargeDeclinedVelocityLimitExceeded", "4000000000006975", "visa", CardFate.Declines, "card_velocity_exceeded"),
        new("chargeCustomerFail", "4000000000000341", "visa", CardFate.Declines, "generic_decline", RefusedWhenAttached: false),
        new("radarBlock", "4100000000000019", "visa", CardFate.BlockedByRadar, "highest_risk_level", RefusedWhenAttached: false),
        new("riskLevelElevated", "4000000000009235", "visa", CardFate.Pays, "elevated"),
        new("riskLevelHighest", "4000000000004954", "visa", CardFate.BlockedByRadar, "highest_risk_level", RefusedWhenAttached: false),
        new("createDispute", "4000000000000259", "visa", CardFate.Disputed, "fraudulent"),
        new("createDisputeProductNotReceived", "4000000000002685", "visa", CardFate.Disputed, "product_not_received"),
        new("createDisputeInquiry", "4000000000001976", "visa", CardFate.Inquired, "general"),
        new("createIssuerFraudRecord", "4000000000005423", "visa", CardFate.FraudWarned),
        new("pendingRefund", "4000000000007726", "visa", CardFate.RefundPends),
        new("refundFail", "4000000000005126", "visa", CardFate.RefundFails),
        new("authenticationRequired", "4000002760003184", "visa", CardFate.NeedsAuthentication) { Country = "DE" },
        new("authenticationRequiredOnSetup", "4000002500003155", "visa", CardFate.NeedsAuthentication) { Country = "FR" },
        new("threeDSecure2Required", "4000000000003220", "visa", CardFate.NeedsAuthentication) { Country = "IE" },
    ];

    /// <summary>The card a test name means: <c>pm_card_visa</c>, <c>pm_card_visa_chargeDeclined</c>, <c>tok_chargeCustomerFail</c>.</summary>
    public static TestCard? Named(string id)
    {
        string name = id.StartsWith("pm_card_", StringComparison.Ordinal) ? id[8..] : id.StartsWith("tok_", StringComparison.Ordinal) ? id[4..] : "";
        return Find(name) ?? (name.StartsWith("visa_", StringComparison.Ordinal) ? Find(name[5..]) : null);
    }

    public static TestCard? Numbered(string number)
    {
        string digits = number.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return Array.Find(All, card => card.Number == digits);
    }

    private static TestCard? Find(string name) => Array.Find(All, card => card.Name == name);
}
