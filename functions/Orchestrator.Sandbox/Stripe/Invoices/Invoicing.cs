using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Coupons;
using Orchestrator.Sandbox.Stripe.PaymentIntents;
using Orchestrator.Sandbox.Stripe.PaymentMethods;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Invoices;

/// <summary>The life of an invoice: draft, open, paid, void or uncollectible.</summary>
internal static class Invoicing
{
    public static JsonArray Lines(JsonObject invoice) => invoice.Part("lines")!.Items("data")!;

    public static void AddLine(JsonObject invoice, JsonObject line)
    {
        JsonObject lines = invoice.Part("lines")!;
        lines.Items("data")!.Add(line);
        lines["total_count"] = lines.Amount("total_count") + 1;
        Total(invoice);
    }

    public static void Total(JsonObject invoice)
    {
        long subtotal = Lines(invoice).Sum(line => line!.AsObject().Amount("amount"));
        long discount = invoice.Items("total_discount_amounts")!.Sum(entry => entry!.AsObject().Amount("amount"));
        long total = subtotal - discount;
        long due = Math.Max(0, total - invoice.Amount("pre_payment_credit_notes_amount"));
        invoice["subtotal"] = subtotal;
        invoice["subtotal_excluding_tax"] = subtotal;
        invoice["total"] = total;
        invoice["total_excluding_tax"] = total;
        invoice["amount_due"] = due;
        invoice["amount_remaining"] = invoice.Text("status") is "paid" or "void" ? 0 : due - invoice.Amount("amount_paid");
    }

    /// <summary>Puts the customer's waiting items on the invoice.</summary>
    public static void Collect(Work work, JsonObject invoice, Func<JsonObject, bool> which)
    {
        foreach (JsonObject item in work.Account.All("invoiceitem").Where(which).ToArray())
        {
            work.Guard(item);
            item["invoice"] = invoice.Id();
            work.Put(item);
            AddLine(invoice, InvoiceObject.Line(item, invoice.Id()));
        }
    }

    public static void Finalize(Work work, JsonObject invoice)
    {
        JsonObject customer = work.Account.Find("customer", invoice.Text("customer")!)!;
        long sequence = customer.Amount("next_invoice_sequence");
        customer["next_invoice_sequence"] = sequence + 1;
        work.Put(customer);
        Discounts.Apply(work, invoice);
        invoice["status"] = "open";
        invoice["number"] = $"{customer.Text("invoice_prefix")}-{sequence.ToString("D4", CultureInfo.InvariantCulture)}";
        invoice["effective_at"] = work.Now;
        invoice["automatically_finalizes_at"] = null;
        invoice["ending_balance"] = 0L;
        invoice["hosted_invoice_url"] = $"https://invoice.stripe.com/i/{invoice.Id()}";
        invoice["invoice_pdf"] = $"https://pay.stripe.com/invoice/{invoice.Id()}/pdf";
        invoice["status_transitions"]!["finalized_at"] = work.Now;
        Total(invoice);
        work.Put(invoice);
        work.Emit("invoice.finalized", invoice);
        if (invoice.Amount("amount_due") == 0)
        {
            Paid(work, invoice);
        }
    }

    /// <summary>Charges the customer's payment method. A decline counts the attempt and answers 402.</summary>
    public static void Pay(Work work, JsonObject invoice, string? methodId)
    {
        JsonObject customer = work.Account.Find("customer", invoice.Text("customer")!)!;
        string id = methodId ?? invoice.Text("default_payment_method") ?? customer.Part("invoice_settings")!.Text("default_payment_method") ?? customer.Text("default_source")
            ?? throw StripeRefusal.Invalid(
                "There is no `default_payment_method` set on this Customer or Invoice. Please set either the Customer's `InvoiceSettings.DefaultPaymentMethod`, the Customer's `DefaultSource`, or the Invoice's `DefaultPaymentMethod`.");
        JsonObject method = PaymentMethodOperations.Resolve(work, id, "payment_method");
        JsonObject intent = IntentObject.Of(invoice.Amount("amount_remaining"), invoice.Text("currency")!, work.Now);
        intent["customer"] = customer.Id();
        intent["payment_method"] = method.Id();
        intent["capture_method"] = "automatic";
        intent["description"] = $"Payment for Invoice {invoice.Text("number")}";
        work.Put(intent);
        work.Emit("payment_intent.created", intent);
        invoice["attempted"] = true;
        invoice["attempt_count"] = invoice.Amount("attempt_count") + 1;
        work.Put(invoice);
        try
        {
            Intents.Confirm(work, intent);
        }
        catch (StripeRefusal)
        {
            Record(work, invoice, intent, "open");
            work.Emit("invoice.payment_failed", invoice);
            throw;
        }

        if (intent.Text("status") != "succeeded")
        {
            Record(work, invoice, intent, "open");
            work.Emit("invoice.payment_action_required", invoice);
            throw new StripeRefusal(402, "card_error", "This payment requires additional user action before it can be completed successfully.")
            {
                Code = "invoice_payment_intent_requires_action",
                More = new JsonObject { ["payment_intent"] = Rendering.Of(intent) },
            };
        }

        Record(work, invoice, intent, "paid");
        invoice["amount_paid"] = invoice.Amount("amount_paid") + intent.Amount("amount");
        Paid(work, invoice);
    }

    public static void Paid(Work work, JsonObject invoice)
    {
        invoice["status"] = "paid";
        invoice["amount_remaining"] = 0L;
        invoice["next_payment_attempt"] = null;
        invoice["status_transitions"]!["paid_at"] = work.Now;
        work.Put(invoice);
        work.Emit("invoice.paid", invoice);
        work.Emit("invoice.payment_succeeded", invoice);
    }

    private static void Record(Work work, JsonObject invoice, JsonObject intent, string status)
    {
        JsonObject payment = new()
        {
            ["id"] = Ids.New("inpay_"),
            ["object"] = "invoice_payment",
            ["amount_paid"] = status == "paid" ? intent.Amount("amount") : null,
            ["amount_requested"] = intent.Amount("amount"),
            ["created"] = work.Now,
            ["currency"] = intent.Text("currency"),
            ["invoice"] = invoice.Id(),
            ["is_default"] = true,
            ["livemode"] = false,
            ["payment"] = new JsonObject { ["payment_intent"] = intent.Id(), ["type"] = "payment_intent" },
            ["status"] = status,
            ["status_transitions"] = new JsonObject { ["canceled_at"] = null, ["paid_at"] = status == "paid" ? work.Now : null },
        };
        work.Put(payment);
        if (status == "paid")
        {
            work.Emit("invoice_payment.paid", payment);
        }
    }
}
