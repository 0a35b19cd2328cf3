namespace Orchestrator.Sandbox.Stripe.Keys;

/// <summary>The resources a restricted key's rights are about, as in <c>rak_charge_write</c>. Refunds belong to charges, prices to plans.</summary>
internal static class Resources
{
    private static readonly Dictionary<string, string> ByObject = new()
    {
        ["refund"] = "charge",
        ["price"] = "plan",
        ["invoiceitem"] = "invoice",
        ["invoice_payment"] = "invoice",
        ["subscription_item"] = "subscription",
        ["balance_transaction"] = "balance",
        ["customer_balance_transaction"] = "customer",
        ["card"] = "source",
        ["webhook_endpoint"] = "webhook",
        ["checkout.session"] = "checkout_session",
        ["radar.early_fraud_warning"] = "charge",
    };

    public static string OfObject(string type) => ByObject.GetValueOrDefault(type, type);

    /// <summary>Splits <c>rak_charge_write</c> (the prefix may be left out) into resource and right; null for what is no slug.</summary>
    public static (string Resource, string Right)? Parse(string slug)
    {
        string text = slug.StartsWith("rak_", StringComparison.Ordinal) ? slug[4..] : slug;
        int last = text.LastIndexOf('_');
        return last > 0 && text[(last + 1)..] is "read" or "write" ? (text[..last], text[(last + 1)..]) : null;
    }
}
