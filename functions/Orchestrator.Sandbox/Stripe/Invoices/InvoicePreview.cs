using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Subscriptions;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Invoices;

/// <summary>What the next invoice of a subscription or customer would say; nothing of it is kept.</summary>
internal static class InvoicePreview
{
    public static JsonObject Create(Call call)
    {
        JsonObject? subscription = call.Named("subscription", "subscription");
        string customerId = call.Params.Text("customer") ?? subscription?.Text("customer") ?? throw StripeRefusal.ParameterMissing("customer");
        JsonObject customer = call.Work.Account.Find("customer", customerId) ?? throw StripeRefusal.Invalid($"No such customer: '{customerId}'", "resource_missing", "customer");
        JsonObject[] waiting = [.. call.Work.Account.All("invoiceitem").Where(item => item.Text("customer") == customerId && item.Text("invoice") is null)];
        JsonObject[] given = [.. (call.Params.Items("invoice_items") ?? []).Select(item => item!.AsObject())];
        if (subscription is null && waiting.Length == 0 && given.Length == 0)
        {
            throw StripeRefusal.Invalid($"No upcoming invoices for customer: {customerId}", "invoice_upcoming_none");
        }

        string currency = call.Params.Text("currency") ?? subscription?.Text("currency") ?? (waiting.Length > 0 ? waiting[0].Text("currency")! : "usd");
        JsonObject invoice = InvoiceObject.Of(customer, currency, call.Work.Now);
        invoice["id"] = $"upcoming_{invoice.Id()}";
        invoice["billing_reason"] = "upcoming";
        foreach (JsonObject item in waiting)
        {
            Invoicing.AddLine(invoice, InvoiceObject.Line(item, invoice.Id()));
        }

        foreach (JsonObject item in given)
        {
            long amount = item.Whole("amount") ?? (item.Amount("unit_amount") * (item.Whole("quantity") ?? 1));
            Invoicing.AddLine(invoice, InvoiceObject.Line(InvoiceItemOperations.Item(call.Work, customerId, currency, amount, item.Text("description")), invoice.Id()));
        }

        if (subscription is not null)
        {
            invoice["parent"] = SubscriptionObject.InvoiceParent(subscription);
            foreach (JsonObject item in SubscriptionObject.Items(subscription))
            {
                Invoicing.AddLine(invoice, InvoiceObject.SubscriptionLine(item, subscription, invoice.Id(), SubscriptionObject.Amount(item)));
            }
        }

        return invoice;
    }
}
