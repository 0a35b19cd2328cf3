using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Refunds;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.CreditNotes;

internal static class CreditNoteOperations
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/credit_notes", "credit_note", List),
        Operation.Of("POST /v1/credit_notes", "credit_note", Create),
        Operation.Of("GET /v1/credit_notes/preview", "credit_note", Preview),
        Operation.Of("GET /v1/credit_notes/{id}", "credit_note", call => Rendering.Of(call.Subject("credit_note"))),
        Operation.Of("POST /v1/credit_notes/{id}", "credit_note", Update),
        Operation.Of("POST /v1/credit_notes/{id}/void", "credit_note", Void),
    ];

    private static JsonObject List(Call call) => Paging.Page(call, call.Work.Account.Latest("credit_note").Where(note =>
        (call.Params.Text("customer") is not { } customer || note.Text("customer") == customer)
        && (call.Params.Text("invoice") is not { } invoice || note.Text("invoice") == invoice)));

    private static JsonObject Preview(Call call)
    {
        JsonObject invoice = Creditable(call);
        return CreditNoteObject.Of(call, invoice, CreditNoteObject.Split(call, invoice));
    }

    // An open invoice is lowered; of a paid one the money goes back: as a refund, to the customer's balance, or outside Stripe.
    private static JsonObject Create(Call call)
    {
        JsonObject invoice = Creditable(call);
        CreditSplit split = CreditNoteObject.Split(call, invoice);
        JsonObject note = CreditNoteObject.Of(call, invoice, split);
        if (split.Refund > 0)
        {
            JsonObject charge = CreditNoteObject.ChargeOf(call.Work.Account, invoice)
                ?? throw StripeRefusal.Invalid("The invoice was not paid by a charge, so no amount of it can be refunded.", param: "refund_amount");
            long amount = Refundable.Amount(call.Work.Account, charge, split.Refund);
            JsonObject refund = Refunding.Make(call.Work, charge, amount, new JsonObject { ["reason"] = "requested_by_customer" });
            note["refunds"] = new JsonArray(new JsonObject
            {
                ["amount_refunded"] = amount,
                ["payment_record_refund"] = null,
                ["refund"] = refund.Id(),
                ["type"] = "refund",
            });
        }

        CreditNoteObject.Book(call.Work, invoice, note, split);
        call.Work.Add(note);
        call.Work.Put(invoice);
        call.Work.Emit("credit_note.created", note);
        return Rendering.Of(note);
    }

    private static JsonObject Creditable(Call call)
    {
        JsonObject invoice = call.Named("invoice", "invoice")!;
        return invoice.Text("status") is "open" or "paid" or "uncollectible"
            ? invoice
            : throw StripeRefusal.Invalid($"You cannot issue a credit note for an invoice that is {invoice.Text("status")}.", param: "invoice");
    }

    private static JsonObject Update(Call call)
    {
        JsonObject note = call.Subject("credit_note");
        JsonObject before = note.Copy();
        note.Take(call.Params, "memo");
        Metadata.Merge(note, call.Params);
        call.Work.Put(note);
        call.Work.Emit("credit_note.updated", note, before);
        return Rendering.Of(note);
    }

    private static JsonObject Void(Call call)
    {
        JsonObject note = call.Subject("credit_note");
        JsonObject invoice = call.Work.Guard(call.Work.Account.Find("invoice", note.Text("invoice")!)!);
        if (note.Text("status") == "void" || invoice.Text("status") != "open")
        {
            throw StripeRefusal.Invalid("You can only void an issued credit note of an open invoice.");
        }

        note["status"] = "void";
        note["voided_at"] = call.Work.Now;
        invoice["pre_payment_credit_notes_amount"] = invoice.Amount("pre_payment_credit_notes_amount") - note.Amount("pre_payment_amount");
        Invoices.Invoicing.Total(invoice);
        call.Work.Put(invoice);
        call.Work.Put(note);
        call.Work.Emit("credit_note.voided", note);
        return Rendering.Of(note);
    }
}
