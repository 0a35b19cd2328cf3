using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.PaymentMethods;
using Orchestrator.Sandbox.Stripe.Subscriptions;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Customers;

internal static class CustomerOperations
{
    private static readonly Dictionary<string, string> Searchable = new()
    {
        ["created"] = "created",
        ["email"] = "email",
        ["name"] = "name",
        ["phone"] = "phone",
    };

    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/customers", "customer", List),
        Operation.Of("POST /v1/customers", "customer", Create),
        Operation.Of("GET /v1/customers/search", "customer", call => SearchQuery.Page(call, "customer", Searchable)),
        Operation.Of("GET /v1/customers/{id}", "customer", Retrieve),
        Operation.Of("POST /v1/customers/{id}", "customer", Update),
        Operation.Of("DELETE /v1/customers/{id}", "customer", Delete),
        Operation.Of("GET /v1/customers/{id}/balance_transactions", "customer", BalanceTransactions),
    ];

    // The list's e-mail filter is case-sensitive, the search is not: so says Stripe's reference.
    private static JsonObject List(Call call) => Paging.Page(call, call.Work.Account.Latest("customer").Where(customer =>
        !customer.Flag("deleted") && (call.Params.Text("email") is not { } email || customer.Text("email") == email)));

    private static JsonObject Retrieve(Call call)
    {
        JsonObject customer = call.Subject("customer");
        return customer.Flag("deleted") ? Gone(call.Id) : Rendering.Of(customer);
    }

    private static JsonObject Create(Call call)
    {
        JsonObject customer = JsonFields.Parse("""
            {
              "id": "", "object": "customer", "address": null, "balance": 0, "created": 0, "currency": null, "customer_account": null,
              "default_source": null, "delinquent": false, "description": null, "discount": null, "email": null, "invoice_prefix": "",
              "invoice_settings": { "custom_fields": null, "default_payment_method": null, "footer": null, "rendering_options": null },
              "livemode": false, "metadata": {}, "name": null, "next_invoice_sequence": 1, "phone": null, "preferred_locales": [],
              "shipping": null, "tax_exempt": "none", "test_clock": null
            }
            """);
        string id = Ids.New("cus_");
        customer["id"] = id;
        customer["created"] = call.Work.Now;
        customer["invoice_prefix"] = Ids.Random(8).ToUpperInvariant();
        Take(call, customer);
        call.Work.Add(customer);
        if (call.Params.Text("source") is { } source)
        {
            PaymentMethodOperations.SourceFrom(call.Work, source, customer);
        }

        if (call.Params.Text("payment_method") is { } method)
        {
            PaymentMethodOperations.AttachTo(call.Work, PaymentMethodOperations.Resolve(call.Work, method, "payment_method"), id);
        }

        TakeDefaultPaymentMethod(call, customer);
        call.Work.Emit("customer.created", customer);
        return Rendering.Of(customer);
    }

    private static JsonObject Update(Call call)
    {
        JsonObject customer = Present(call);
        JsonObject before = customer.Copy();
        Take(call, customer);
        customer.Take(call.Params, "default_source");
        if (call.Params.Text("source") is { } source)
        {
            customer["default_source"] = null;
            PaymentMethodOperations.SourceFrom(call.Work, source, customer);
        }

        TakeDefaultPaymentMethod(call, customer);
        call.Work.Put(customer);
        call.Work.Emit("customer.updated", customer, before);
        return Rendering.Of(customer);
    }

    private static void Take(Call call, JsonObject customer)
    {
        if (call.Params.Text("email") is { } email && !email.Contains('@', StringComparison.Ordinal))
        {
            throw StripeRefusal.Invalid($"Invalid email address: {email}", "email_invalid", "email");
        }

        Metadata.Merge(customer, call.Params);
        customer.Take(
            call.Params, "address", "balance", "business_name", "description", "email", "individual_name", "invoice_prefix", "name",
            "next_invoice_sequence", "phone", "preferred_locales", "shipping", "tax_exempt", "test_clock");
        Addresses.Complete(customer);
        if (call.Params.Part("invoice_settings") is { } settings)
        {
            customer.Part("invoice_settings")!.Take(settings, "custom_fields", "footer", "rendering_options");
        }

        if (call.Params.ContainsKey("preferred_locales") && call.Params["preferred_locales"] is null)
        {
            customer["preferred_locales"] = new JsonArray();
        }
    }

    private static void TakeDefaultPaymentMethod(Call call, JsonObject customer)
    {
        if (call.Params.Part("invoice_settings") is not { } settings || !settings.ContainsKey("default_payment_method"))
        {
            return;
        }

        string? id = null;
        if (settings.Text("default_payment_method") is { } given)
        {
            JsonObject method = PaymentMethodOperations.Resolve(call.Work, given, "invoice_settings[default_payment_method]");
            id = method.Text("customer") == customer.Id()
                ? method.Id()
                : throw StripeRefusal.Invalid(
                    $"The customer does not have a payment method with the ID {given}. The payment method must be attached to the customer.",
                    "resource_missing",
                    "invoice_settings[default_payment_method]");
        }

        customer.Part("invoice_settings")!["default_payment_method"] = id;
        call.Work.Put(customer);
    }

    private static JsonObject Delete(Call call)
    {
        JsonObject customer = Present(call);
        foreach (JsonObject subscription in call.Work.Account.All("subscription").Where(subscription =>
            subscription.Text("customer") == call.Id && subscription.Text("status") != "canceled").ToArray())
        {
            SubscriptionLife.Cancel(call.Work, subscription, new JsonObject());
        }

        call.Work.Emit("customer.deleted", customer);
        customer["deleted"] = true;
        call.Work.Put(customer);
        return Gone(call.Id);
    }

    private static JsonObject BalanceTransactions(Call call)
    {
        Present(call);
        return Paging.Page(call, call.Work.Account.Latest("customer_balance_transaction").Where(entry => entry.Text("customer") == call.Id));
    }

    private static JsonObject Present(Call call)
    {
        JsonObject customer = call.Subject("customer");
        return customer.Flag("deleted") ? throw StripeRefusal.Missing("customer", call.Id) : customer;
    }

    private static JsonObject Gone(string id) => new() { ["id"] = id, ["object"] = "customer", ["deleted"] = true };
}
