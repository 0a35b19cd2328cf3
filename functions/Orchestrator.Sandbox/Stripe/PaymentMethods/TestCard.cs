namespace Orchestrator.Sandbox.Stripe.PaymentMethods;

/// <summary>What becomes of a payment with a test card, or of its refund.</summary>
internal enum CardFate
{
    Pays,
    PaysAtOnce,
    Declines,
    NeedsAuthentication,
    BlockedByRadar,
    Disputed,
    Inquired,
    FraudWarned,
    RefundPends,
    RefundFails,
}

/// <summary>
/// One of Stripe's test cards. <see href="https://docs.stripe.com/testing"/>. <c>Name</c>: as in <c>pm_card_name</c> and
/// <c>tok_name</c>. <c>Detail</c>: of a decline its decline code, of a dispute its reason, of a charge let through its risk
/// level. <c>RefusedWhenAttached</c>: the card is refused as soon as it is saved, not only when it is charged.
/// </summary>
internal sealed record TestCard(string Name, string Number, string Brand, CardFate Fate = CardFate.Pays, string? Detail = null, bool RefusedWhenAttached = true)
{
    public string Funding { get; init; } = "credit";

    public string Country { get; init; } = "US";

    public string Last4 => Number[^4..];

    /// <summary>Stable per number, as a fingerprint is.</summary>
    public string Fingerprint => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Number)))[..16];
}
