using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Invoices;
using Orchestrator.Sandbox.Stripe.Money;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.CreditNotes;

/// <summary>Where a credit note's money comes from and goes to, in minor units.</summary>
internal sealed record CreditSplit(long Total, long PrePayment, long Refund, long Balance, long OutOfBand);

internal static class CreditNoteObject
{
    public static CreditSplit Split(Call call, JsonObject invoice)
    {
        long total = call.Params.Whole("amount") ?? (call.Params.Items("lines") is { } lines
            ? lines.Sum(line => LineAmount(invoice, line!.AsObject()))
            : call.Params.Amount("refund_amount") + call.Params.Amount("credit_amount") + call.Params.Amount("out_of_band_amount"));
        if (total < 1)
        {
            throw StripeRefusal.Invalid("The credit note amount must be greater than 0; give amount or lines.", "parameter_invalid_integer", "amount");
        }

        long left = invoice.Amount("total") - invoice.Amount("pre_payment_credit_notes_amount") - invoice.Amount("post_payment_credit_notes_amount");
        if (total > left)
        {
            throw StripeRefusal.Invalid(
                $"The credit note amount ({Currency.Format(total, invoice.Text("currency")!)}) cannot be greater than the amount that can still be credited ({Currency.Format(left, invoice.Text("currency")!)}).", param: "amount");
        }

        long before = invoice.Text("status") == "paid" ? 0 : Math.Min(total, invoice.Amount("amount_remaining"));
        CreditSplit split = new(total, before, call.Params.Amount("refund_amount"), call.Params.Amount("credit_amount"), call.Params.Amount("out_of_band_amount"));
        long after = total - before;
        return split.Refund + split.Balance + split.OutOfBand == after
            ? split
            : throw StripeRefusal.Invalid(
                $"The sum of credit amount, refund amount and out of band amount must equal the post payment credit note amount ({Currency.Format(after, invoice.Text("currency")!)}).", param: "amount");
    }

    public static JsonObject Of(Call call, JsonObject invoice, CreditSplit split)
    {
        JsonObject note = JsonFields.Parse("""
            {
              "id": "", "object": "credit_note", "amount": 0, "amount_shipping": 0, "created": 0, "currency": "", "customer": "",
              "customer_account": null, "customer_balance_transaction": null, "discount_amount": 0, "discount_amounts": [], "effective_at": null,
              "invoice": "", "lines": null, "livemode": false, "memo": null, "metadata": {}, "number": "", "out_of_band_amount": null, "pdf": "",
              "post_payment_amount": 0, "pre_payment_amount": 0, "pretax_credit_amounts": [], "reason": null, "refunds": [],
              "shipping_cost": null, "status": "issued", "subtotal": 0, "subtotal_excluding_tax": 0, "total": 0, "total_excluding_tax": 0,
              "total_taxes": [], "type": "pre_payment", "voided_at": null
            }
            """);
        int number = call.Work.Account.All("credit_note").Count(other => other.Text("invoice") == invoice.Id()) + 1;
        note["id"] = Ids.New("cn_");
        note["created"] = call.Work.Now;
        note["currency"] = invoice.Text("currency");
        note["customer"] = invoice.Text("customer");
        note["invoice"] = invoice.Id();
        note["number"] = $"{invoice.Text("number")}-CN-{number.ToString("D2", CultureInfo.InvariantCulture)}";
        note["pdf"] = $"https://pay.stripe.com/credit_notes/{note.Id()}/pdf";
        note["effective_at"] = call.Params.Whole("effective_at") ?? call.Work.Now;
        foreach (string field in (ReadOnlySpan<string>)["amount", "subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax"])
        {
            note[field] = split.Total;
        }

        note["pre_payment_amount"] = split.PrePayment;
        note["post_payment_amount"] = split.Total - split.PrePayment;
        note["type"] = split.PrePayment == split.Total ? "pre_payment" : split.PrePayment == 0 ? "post_payment" : "mixed";
        note["out_of_band_amount"] = split.OutOfBand == 0 ? null : split.OutOfBand;
        note.Take(call.Params, "memo", "reason");
        Metadata.Merge(note, call.Params);
        JsonObject[] lines = [.. (call.Params.Items("lines") ?? []).Select(line => Line(invoice, line!.AsObject()))];
        note["lines"] = Sublists.List($"/v1/credit_notes/{note.Id()}/lines", lines);
        return note;
    }

    /// <summary>Enters the note on the invoice and, as far as it credits the customer, on the customer's balance.</summary>
    public static void Book(Work work, JsonObject invoice, JsonObject note, CreditSplit split)
    {
        invoice["pre_payment_credit_notes_amount"] = invoice.Amount("pre_payment_credit_notes_amount") + split.PrePayment;
        invoice["post_payment_credit_notes_amount"] = invoice.Amount("post_payment_credit_notes_amount") + split.Total - split.PrePayment;
        Invoicing.Total(invoice);
        if (invoice.Text("status") == "open" && invoice.Amount("amount_remaining") == 0)
        {
            Invoicing.Paid(work, invoice);
        }

        if (split.Balance > 0)
        {
            JsonObject customer = work.Account.Find("customer", invoice.Text("customer")!)!;
            customer["balance"] = customer.Amount("balance") - split.Balance;
            work.Put(customer);
            JsonObject entry = new()
            {
                ["id"] = Ids.New("cbtxn_"),
                ["object"] = "customer_balance_transaction",
                ["amount"] = -split.Balance,
                ["checkout_session"] = null,
                ["created"] = work.Now,
                ["credit_note"] = note.Id(),
                ["currency"] = invoice.Text("currency"),
                ["customer"] = customer.Id(),
                ["customer_account"] = null,
                ["description"] = null,
                ["ending_balance"] = customer.Amount("balance"),
                ["invoice"] = invoice.Id(),
                ["livemode"] = false,
                ["metadata"] = new JsonObject(),
                ["type"] = "credit_note",
            };
            work.Put(entry);
            note["customer_balance_transaction"] = entry.Id();
        }
    }

    public static JsonObject? ChargeOf(Account account, JsonObject invoice) => account.All("invoice_payment")
        .Where(payment => payment.Text("invoice") == invoice.Id() && payment.Text("status") == "paid")
        .Select(payment => account.Find(payment.Part("payment")!.Text("payment_intent")!)?.Text("latest_charge"))
        .Select(id => id is null ? null : account.Find("charge", id))
        .FirstOrDefault(charge => charge is not null);

    private static long LineAmount(JsonObject invoice, JsonObject line)
    {
        if (line.Whole("amount") is { } amount)
        {
            return amount;
        }

        if (line.Whole("unit_amount") is { } unit)
        {
            return unit * (line.Whole("quantity") ?? 1);
        }

        string? id = line.Text("invoice_line_item");
        JsonObject found = Invoicing.Lines(invoice).Select(entry => entry!.AsObject()).FirstOrDefault(entry => entry.Id() == id)
            ?? throw StripeRefusal.Invalid($"No such invoice line item: '{id}'", "resource_missing", "lines[0][invoice_line_item]");
        return line.Whole("quantity") is { } quantity && found.Amount("quantity") > 0 ? found.Amount("amount") / found.Amount("quantity") * quantity : found.Amount("amount");
    }

    private static JsonObject Line(JsonObject invoice, JsonObject given)
    {
        long amount = LineAmount(invoice, given);
        JsonObject line = new()
        {
            ["id"] = Ids.New("cnli_"),
            ["object"] = "credit_note_line_item",
            ["amount"] = amount,
            ["description"] = given.Text("description"),
            ["discount_amount"] = 0L,
            ["discount_amounts"] = new JsonArray(),
            ["livemode"] = false,
            ["metadata"] = Metadata.Of(given),
            ["pretax_credit_amounts"] = new JsonArray(),
            ["quantity"] = given.Whole("quantity") ?? 1,
            ["tax_rates"] = new JsonArray(),
            ["taxes"] = new JsonArray(),
            ["type"] = given.Text("type"),
            ["unit_amount"] = given.Whole("unit_amount"),
            ["unit_amount_decimal"] = given.Whole("unit_amount")?.ToString(CultureInfo.InvariantCulture) ?? given.Text("unit_amount_decimal"),
        };
        if (given.Text("invoice_line_item") is { } credited)
        {
            line["invoice_line_item"] = credited;
        }

        return line;
    }
}
