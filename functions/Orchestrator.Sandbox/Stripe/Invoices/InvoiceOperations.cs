using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Coupons;
using Orchestrator.Sandbox.Stripe.Money;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Invoices;

internal static class InvoiceOperations
{
    private const long SecondsUntilFinalized = 60 * 60;

    private static readonly Dictionary<string, string> Searchable = new()
    {
        ["created"] = "created",
        ["currency"] = "currency",
        ["customer"] = "customer",
        ["number"] = "number",
        ["status"] = "status",
        ["subscription"] = "parent.subscription_details.subscription",
        ["total"] = "total",
    };

    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/invoices", "invoice", List),
        Operation.Of("POST /v1/invoices", "invoice", Create),
        Operation.Of("GET /v1/invoices/search", "invoice", call => SearchQuery.Page(call, "invoice", Searchable)),
        Operation.Of("POST /v1/invoices/create_preview", "invoice", InvoicePreview.Create),
        Operation.Of("GET /v1/invoices/{id}", "invoice", call => Rendering.Of(call.Subject("invoice"))),
        Operation.Of("POST /v1/invoices/{id}", "invoice", Update),
        Operation.Of("DELETE /v1/invoices/{id}", "invoice", Delete),
        Operation.Of("GET /v1/invoices/{id}/lines", "invoice", Lines),
        Operation.Of("POST /v1/invoices/{id}/add_lines", "invoice", AddLines),
        Operation.Of("POST /v1/invoices/{id}/finalize", "invoice", FinalizeDraft),
        Operation.Of("POST /v1/invoices/{id}/pay", "invoice", Pay),
        Operation.Of("POST /v1/invoices/{id}/send", "invoice", Send),
        Operation.Of("POST /v1/invoices/{id}/void", "invoice", call => End(call, "void", "voided_at", "invoice.voided")),
        Operation.Of("POST /v1/invoices/{id}/mark_uncollectible", "invoice", call => End(call, "uncollectible", "marked_uncollectible_at", "invoice.marked_uncollectible")),
        Operation.Of("GET /v1/invoice_payments", "invoice", Payments),
        Operation.Of("GET /v1/invoice_payments/{id}", "invoice", call => Rendering.Of(call.Subject("invoice_payment"))),
    ];

    private static JsonObject List(Call call)
    {
        call.Named("customer", "customer");
        return Paging.Page(call, call.Work.Account.Latest("invoice").Where(invoice =>
            (call.Params.Text("customer") is not { } customer || invoice.Text("customer") == customer)
            && (call.Params.Text("status") is not { } status || invoice.Text("status") == status)
            && (call.Params.Text("collection_method") is not { } method || invoice.Text("collection_method") == method)
            && Paging.InRange(invoice.Whole("due_date"), call.Params["due_date"])
            && (call.Params.Text("subscription") is not { } subscription
                || invoice.Part("parent")?.Part("subscription_details")?.Text("subscription") == subscription)));
    }

    private static JsonObject Payments(Call call) => Paging.Page(call, call.Work.Account.Latest("invoice_payment").Where(payment =>
        (call.Params.Text("invoice") is not { } invoice || payment.Text("invoice") == invoice)
        && (call.Params.Text("status") is not { } status || payment.Text("status") == status)));

    private static JsonObject Create(Call call)
    {
        JsonObject customer = call.Named("customer", "customer") ?? throw StripeRefusal.ParameterMissing("customer");
        bool collect = call.Params.Text("pending_invoice_items_behavior") == "include";
        JsonObject[] waiting = collect
            ? [.. call.Work.Account.All("invoiceitem").Where(item => item.Text("customer") == customer.Id() && item.Text("invoice") is null)]
            : [];
        string currency = Currency.Known(call.Params.Text("currency") ?? (waiting.Length > 0 ? waiting[0].Text("currency")! : customer.Text("currency") ?? "usd"));
        JsonObject invoice = InvoiceObject.Of(customer, currency, call.Work.Now);
        RefuseDates(call.Params);
        Take(call, invoice);
        if (invoice.Text("collection_method") == "send_invoice" && call.Params.Whole("days_until_due") is null && call.Params.Whole("due_date") is null)
        {
            throw StripeRefusal.Validation("If invoice `collection_method` is `send_invoice`, you must specify either `due_date` or `days_until_due`.");
        }

        call.Work.Add(invoice);
        Invoicing.Collect(call.Work, invoice, item => waiting.Contains(item));
        Discounts.Apply(call.Work, invoice);
        if (invoice.Flag("auto_advance"))
        {
            invoice["automatically_finalizes_at"] = call.Work.Now + SecondsUntilFinalized;
            call.Work.Later(call.Work.Now + SecondsUntilFinalized, "finalize_invoice", invoice.Id());
        }

        call.Work.Put(invoice);
        call.Work.Emit("invoice.created", invoice);
        return Rendering.Of(invoice);
    }

    private static void RefuseDates(JsonObject given)
    {
        if (given.Text("collection_method") is null or "charge_automatically" && (given.ContainsKey("days_until_due") || given.ContainsKey("due_date")))
        {
            throw StripeRefusal.Validation("You can only specify `days_until_due` or `due_date` if `collection_method` is `send_invoice`.", param: given.ContainsKey("due_date") ? "due_date" : "days_until_due");
        }
    }

    private static void Take(Call call, JsonObject invoice)
    {
        Metadata.Merge(invoice, call.Params);
        invoice.Take(
            call.Params, "auto_advance", "collection_method", "custom_fields", "default_payment_method", "default_source", "description",
            "due_date", "effective_at", "footer", "on_behalf_of", "statement_descriptor");
        if (call.Params.Whole("days_until_due") is { } days)
        {
            invoice["due_date"] = call.Work.Now + (days * 24 * 60 * 60);
        }

        if (call.Params.ContainsKey("discounts"))
        {
            Discounts.Put(call, invoice, call.Params.Items("discounts"));
        }
    }

    private static JsonObject Update(Call call)
    {
        JsonObject invoice = call.Subject("invoice");
        if (invoice.Text("status") != "draft" && call.Params.Any(given => given.Key is not ("metadata" or "expand" or "auto_advance" or "due_date" or "default_payment_method" or "description" or "footer")))
        {
            throw StripeRefusal.Invalid("This invoice can no longer be edited.", "invoice_not_editable");
        }

        JsonObject before = invoice.Copy();
        Take(call, invoice);
        Discounts.Apply(call.Work, invoice);
        call.Work.Put(invoice);
        call.Work.Emit("invoice.updated", invoice, before);
        return Rendering.Of(invoice);
    }

    private static JsonObject Delete(Call call)
    {
        JsonObject invoice = call.Subject("invoice");
        if (invoice.Text("status") != "draft")
        {
            throw StripeRefusal.Invalid("You can only delete draft invoices. To void an open invoice, use the void endpoint.", "invoice_not_editable");
        }

        call.Work.Drop(invoice);
        call.Work.Emit("invoice.deleted", invoice);
        return new JsonObject { ["id"] = call.Id, ["object"] = "invoice", ["deleted"] = true };
    }

    private static JsonObject Lines(Call call)
    {
        JsonObject invoice = call.Subject("invoice");
        return Paging.Page(call, Invoicing.Lines(invoice).Select(line => line!.AsObject()));
    }

    private static JsonObject AddLines(Call call)
    {
        JsonObject invoice = Draft(call);
        foreach (JsonNode? node in call.Params.Items("lines")!)
        {
            JsonObject given = node!.AsObject();
            if (given.Given("invoice_item", out string? id))
            {
                Invoicing.Collect(call.Work, invoice, item => item.Id() == id && item.Text("invoice") is null);
                continue;
            }

            given["customer"] = invoice.Text("customer");
            given["invoice"] = invoice.Id();
            InvoiceItemOperations.Of(call, given);
        }

        call.Work.Put(invoice);
        return Rendering.Of(invoice);
    }

    private static JsonObject FinalizeDraft(Call call)
    {
        JsonObject invoice = Draft(call);
        invoice.Take(call.Params, "auto_advance");
        Invoicing.Finalize(call.Work, invoice);
        return Rendering.Of(invoice);
    }

    private static JsonObject Pay(Call call)
    {
        JsonObject invoice = call.Subject("invoice");
        if (invoice.Text("status") == "paid")
        {
            throw StripeRefusal.Invalid("Invoice is already paid");
        }

        if (invoice.Text("status") == "void")
        {
            throw Wrong(invoice, "pay");
        }

        if (invoice.Text("status") == "draft")
        {
            Invoicing.Finalize(call.Work, invoice);
        }

        if (invoice.Text("status") == "paid")
        {
            return Rendering.Of(invoice);
        }

        if (call.Params.Flag("paid_out_of_band"))
        {
            Invoicing.Paid(call.Work, invoice);
            return Rendering.Of(invoice);
        }

        Invoicing.Pay(call.Work, invoice, call.Params.Text("payment_method") ?? call.Params.Text("source"));
        return Rendering.Of(invoice);
    }

    private static JsonObject Send(Call call)
    {
        JsonObject invoice = call.Subject("invoice");
        if (invoice.Text("collection_method") != "send_invoice")
        {
            throw StripeRefusal.Invalid("You can only manually send an invoice if its `collection_method` is `send_invoice`.");
        }

        if (invoice.Text("status") == "draft")
        {
            Invoicing.Finalize(call.Work, invoice);
        }

        if (invoice.Text("status") is not ("open" or "uncollectible" or "paid"))
        {
            throw Wrong(invoice, "send");
        }

        call.Work.Emit("invoice.sent", invoice);
        return Rendering.Of(invoice);
    }

    private static JsonObject End(Call call, string status, string moment, string happened)
    {
        JsonObject invoice = call.Subject("invoice");
        if (invoice.Text("status") is not ("open" or "uncollectible") || invoice.Text("status") == status)
        {
            throw Wrong(invoice, status == "void" ? "void" : "mark as uncollectible");
        }

        invoice["status"] = status;
        invoice["status_transitions"]![moment] = call.Work.Now;
        Invoicing.Total(invoice);
        call.Work.Put(invoice);
        call.Work.Emit(happened, invoice);
        return Rendering.Of(invoice);
    }

    private static JsonObject Draft(Call call)
    {
        JsonObject invoice = call.Subject("invoice");
        return invoice.Text("status") == "draft"
            ? invoice
            : throw StripeRefusal.Invalid("This invoice is already finalized, you can't re-finalize a non-draft invoice.", "invoice_not_editable");
    }

    private static StripeRefusal Wrong(JsonObject invoice, string verb) =>
        StripeRefusal.Invalid($"You can't {verb} an invoice that is {invoice.Text("status")}.", "status_transition_invalid");
}
