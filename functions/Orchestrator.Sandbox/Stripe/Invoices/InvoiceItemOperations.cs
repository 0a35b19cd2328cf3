using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Money;
using Orchestrator.Sandbox.Stripe.Products;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Invoices;

internal static class InvoiceItemOperations
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/invoiceitems", "invoice", List),
        Operation.Of("POST /v1/invoiceitems", "invoice", call => Rendering.Of(Of(call, call.Params))),
        Operation.Of("GET /v1/invoiceitems/{id}", "invoice", call => Rendering.Of(call.Subject("invoiceitem"))),
        Operation.Of("POST /v1/invoiceitems/{id}", "invoice", Update),
        Operation.Of("DELETE /v1/invoiceitems/{id}", "invoice", Delete),
    ];

    private static JsonObject List(Call call) => Paging.Page(call, call.Work.Account.Latest("invoiceitem").Where(item =>
        (call.Params.Text("customer") is not { } customer || item.Text("customer") == customer)
        && (call.Params.Text("invoice") is not { } invoice || item.Text("invoice") == invoice)
        && (!call.Params.ContainsKey("pending") || item["invoice"] is null == call.Params.Flag("pending"))));

    /// <summary>Makes an item of a customer, waiting for an invoice or put on a draft at once.</summary>
    public static JsonObject Of(Call call, JsonObject given)
    {
        string customer = given.Text("customer") ?? throw StripeRefusal.ParameterMissing("customer");
        JsonObject owner = call.Work.Account.Find("customer", customer) ?? throw StripeRefusal.Invalid($"No such customer: '{customer}'", "resource_missing", "customer");
        JsonObject? invoice = given.Text("invoice") is { } id
            ? call.Work.Account.Find("invoice", id) ?? throw StripeRefusal.Invalid($"No such invoice: '{id}'", "resource_missing", "invoice")
            : null;
        if (invoice is not null && invoice.Text("status") != "draft")
        {
            throw StripeRefusal.Invalid("This invoice can no longer be edited.", "invoice_not_editable");
        }

        JsonObject? price = PriceOf(call.Work, given);
        long quantity = given.Whole("quantity") ?? 1;
        string currency = Currency.Known(price?.Text("currency") ?? given.Text("currency") ?? owner.Text("currency") ?? "usd");
        long amount = given.Whole("amount") ?? (price is null ? throw StripeRefusal.ParameterMissing("amount") : price.Amount("unit_amount") * quantity);
        JsonObject item = Item(call.Work, customer, currency, amount, given.Text("description"));
        item["quantity"] = quantity;
        item["quantity_decimal"] = quantity.ToString(CultureInfo.InvariantCulture);
        item["pricing"] = price is null
            ? new JsonObject { ["type"] = "price_details", ["unit_amount_decimal"] = (quantity == 0 ? amount : amount / quantity).ToString(CultureInfo.InvariantCulture) }
            : InvoiceObject.Pricing(price);
        item.Take(given, "discountable", "period");
        Metadata.Merge(item, given);
        call.Work.Add(item);
        call.Work.Emit("invoiceitem.created", item);
        if (invoice is not null)
        {
            Invoicing.Collect(call.Work, invoice, candidate => candidate == item);
            call.Work.Put(invoice);
        }

        return item;
    }

    /// <summary>An item as it stands before it is kept; also a proration.</summary>
    public static JsonObject Item(Work work, string customer, string currency, long amount, string? description, bool proration = false)
    {
        JsonObject item = JsonFields.Parse("""
            {
              "id": "", "object": "invoiceitem", "amount": 0, "currency": "", "customer": "", "customer_account": null, "date": 0,
              "description": null, "discountable": true, "discounts": [], "invoice": null, "livemode": false, "metadata": {}, "net_amount": 0,
              "parent": null, "period": { "start": 0, "end": 0 }, "pricing": null, "proration": false, "quantity": 1, "quantity_decimal": "1",
              "tax_rates": [], "test_clock": null
            }
            """);
        item["id"] = Ids.New("ii_");
        item["amount"] = amount;
        item["net_amount"] = amount;
        item["currency"] = currency;
        item["customer"] = customer;
        item["date"] = work.Now;
        item["description"] = description;
        item["discountable"] = !proration;
        item["period"] = new JsonObject { ["start"] = work.Now, ["end"] = work.Now };
        item["proration"] = proration;
        return item;
    }

    private static JsonObject? PriceOf(Work work, JsonObject given)
    {
        if (given.Part("price_data") is { } data)
        {
            return PriceObject.Of(work, data);
        }

        return given.Part("pricing")?.Text("price") is not { } id
            ? null
            : work.Account.Find("price", id) ?? throw StripeRefusal.Invalid($"No such price: '{id}'", "resource_missing", "pricing[price]");
    }

    private static JsonObject Update(Call call)
    {
        JsonObject item = Editable(call);
        item.Take(call.Params, "amount", "description", "discountable", "period", "quantity");
        Metadata.Merge(item, call.Params);
        call.Work.Put(item);
        return Rendering.Of(item);
    }

    private static JsonObject Delete(Call call)
    {
        call.Work.Drop(Editable(call));
        return new JsonObject { ["id"] = call.Id, ["object"] = "invoiceitem", ["deleted"] = true };
    }

    private static JsonObject Editable(Call call)
    {
        JsonObject item = call.Subject("invoiceitem");
        return item.Text("invoice") is { } id && call.Work.Account.Find(id)?.Text("status") != "draft"
            ? throw StripeRefusal.Invalid("This invoice item can no longer be edited, because its invoice is finalized.", "invoice_not_editable")
            : item;
    }
}
