using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Coupons;
using Orchestrator.Sandbox.Stripe.Invoices;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Subscriptions;

/// <summary>The life of a subscription: its first invoice, prorations, its end.</summary>
internal static class SubscriptionLife
{
    /// <summary>Bills the present period. An unpaid first invoice leaves the subscription incomplete.</summary>
    public static void Bill(Work work, JsonObject subscription, string reason, bool mayFail)
    {
        JsonObject customer = work.Account.Find("customer", subscription.Text("customer")!)!;
        JsonObject invoice = InvoiceObject.Of(customer, subscription.Text("currency")!, work.Now);
        invoice["billing_reason"] = reason;
        invoice["collection_method"] = subscription.Text("collection_method");
        invoice["auto_advance"] = true;
        invoice["default_payment_method"] = subscription.Text("default_payment_method");
        invoice["discounts"] = subscription["discounts"]!.DeepClone();
        invoice["parent"] = SubscriptionObject.InvoiceParent(subscription);
        if (subscription.Whole("days_until_due") is { } days)
        {
            invoice["due_date"] = work.Now + (days * 24 * 60 * 60);
        }

        bool trial = subscription.Text("status") == "trialing";
        foreach (JsonObject item in SubscriptionObject.Items(subscription))
        {
            Invoicing.AddLine(invoice, InvoiceObject.SubscriptionLine(item, subscription, invoice.Id(), trial ? 0 : SubscriptionObject.Amount(item)));
        }

        work.Add(invoice);
        Invoicing.Collect(work, invoice, item => item.Text("customer") == customer.Id() && item["invoice"] is null && item.Text("currency") == subscription.Text("currency"));
        Discounts.Apply(work, invoice);
        subscription["latest_invoice"] = invoice.Id();
        work.Put(subscription);
        work.Emit("invoice.created", invoice);
        Invoicing.Finalize(work, invoice);
        if (invoice.Text("status") == "paid" || subscription.Text("collection_method") == "send_invoice")
        {
            return;
        }

        try
        {
            Invoicing.Pay(work, invoice, null);
        }
        catch (StripeRefusal) when (!mayFail)
        {
            subscription["status"] = reason == "subscription_create" ? "incomplete" : "past_due";
            work.Put(subscription);
        }
    }

    /// <summary>Credits the rest of the period at the old price, or charges it at the new one, as an item that waits for the next invoice.</summary>
    public static void Prorate(Work work, JsonObject subscription, JsonObject item, int sign)
    {
        long start = item.Amount("current_period_start");
        long end = item.Amount("current_period_end");
        decimal left = end <= start ? 0 : Math.Clamp((decimal)(end - work.Now) / (end - start), 0, 1);
        long amount = sign * (long)Math.Round(SubscriptionObject.Amount(item) * left, MidpointRounding.AwayFromZero);
        JsonObject proration = InvoiceItemOperations.Item(
            work, subscription.Text("customer")!, subscription.Text("currency")!, amount,
            sign < 0 ? "Unused time" : "Remaining time", proration: true);
        proration["parent"] = new JsonObject
        {
            ["subscription_details"] = new JsonObject { ["subscription"] = subscription.Id(), ["subscription_item"] = item.Id() },
            ["type"] = "subscription_details",
        };
        proration["period"] = new JsonObject { ["start"] = work.Now, ["end"] = end };
        proration["pricing"] = InvoiceObject.Pricing(item.Part("price")!);
        proration["quantity"] = item.Amount("quantity");
        work.Put(proration);
        work.Emit("invoiceitem.created", proration);
    }

    public static void Cancel(Work work, JsonObject subscription, JsonObject given)
    {
        if (given.Flag("prorate"))
        {
            foreach (JsonObject item in SubscriptionObject.Items(subscription).ToArray())
            {
                Prorate(work, subscription, item, sign: -1);
            }
        }

        subscription["status"] = "canceled";
        subscription["canceled_at"] = subscription["canceled_at"]?.DeepClone() ?? work.Now;
        subscription["ended_at"] = work.Now;
        JsonObject details = subscription.Part("cancellation_details")!;
        details["reason"] = "cancellation_requested";
        details.Take(given.Part("cancellation_details") ?? [], "comment", "feedback", "feedback_option");
        work.Put(subscription);
        work.Emit("customer.subscription.deleted", subscription);
    }
}
