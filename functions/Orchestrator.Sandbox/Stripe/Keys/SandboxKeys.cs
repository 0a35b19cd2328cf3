namespace Orchestrator.Sandbox.Stripe.Keys;

/// <summary>Restricted keys that exist from the start, so that a first run needs no setting up. Stripe's suggested cut: a key per kind of act.</summary>
internal static class SandboxKeys
{
    /// <summary>Full access in test mode. Any other <c>sk_test_</c> key has it too.</summary>
    public const string Secret = "sk_test_sandbox00000000000000000000";

    public const string Read = "rk_test_sandboxread0000000000000000";

    public const string Refund = "rk_test_sandboxrefund00000000000000";

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Rights { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [Read] =
        [
            "rak_customer_read", "rak_charge_read", "rak_payment_intent_read", "rak_payment_method_read", "rak_subscription_read",
            "rak_invoice_read", "rak_dispute_read", "rak_event_read", "rak_product_read", "rak_plan_read", "rak_credit_note_read", "rak_balance_read",
        ],
        [Refund] = ["rak_charge_write"],
    };
}
