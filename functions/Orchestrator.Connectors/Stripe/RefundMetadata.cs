namespace Orchestrator.Connectors.Stripe;

/// <summary>The names under which a refund's metadata says whose it is.</summary>
internal static class RefundMetadata
{
    public const string CaseId = "case_id";
    public const string Intent = "refund_intent";
}
