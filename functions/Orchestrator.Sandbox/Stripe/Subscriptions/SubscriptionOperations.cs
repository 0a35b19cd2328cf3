using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Coupons;
using Orchestrator.Sandbox.Stripe.Products;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Subscriptions;

internal static class SubscriptionOperations
{
    private const long Day = 24 * 60 * 60;

    private static readonly Dictionary<string, string> Searchable = new() { ["created"] = "created", ["status"] = "status" };

    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/subscriptions", "subscription", List),
        Operation.Of("POST /v1/subscriptions", "subscription", Create),
        Operation.Of("GET /v1/subscriptions/search", "subscription", call => SearchQuery.Page(call, "subscription", Searchable)),
        Operation.Of("GET /v1/subscriptions/{id}", "subscription", call => Rendering.Of(call.Subject("subscription"))),
        Operation.Of("POST /v1/subscriptions/{id}", "subscription", Update),
        Operation.Of("DELETE /v1/subscriptions/{id}", "subscription", Cancel),
        Operation.Of("POST /v1/subscriptions/{id}/resume", "subscription", Resume),
    ];

    private static JsonObject List(Call call)
    {
        call.Named("customer", "customer");
        string? wanted = call.Params.Text("status");
        return Paging.Page(call, call.Work.Account.Latest("subscription").Where(subscription =>
            (call.Params.Text("customer") is not { } customer || subscription.Text("customer") == customer)
            && (call.Params.Text("collection_method") is not { } method || subscription.Text("collection_method") == method)
            && (call.Params.Text("price") is not { } price || SubscriptionObject.Items(subscription).Any(item => item.Part("price")!.Id() == price))
            && wanted switch
            {
                "all" => true,
                "ended" => subscription.Text("status") is "canceled" or "incomplete_expired",
                null => subscription.Text("status") != "canceled",
                _ => subscription.Text("status") == wanted,
            }));
    }

    private static JsonObject Create(Call call)
    {
        JsonObject customer = call.Named("customer", "customer") ?? throw StripeRefusal.ParameterMissing("customer");
        JsonArray given = call.Params.Items("items") ?? throw StripeRefusal.ParameterMissing("items");
        JsonObject[] prices = [.. given.Select((item, i) => PriceOf(call.Work, item!.AsObject(), $"items[{i}][price]"))];
        JsonObject subscription = SubscriptionObject.Of(customer, prices[0].Text("currency")!, call.Work.Now);
        Take(call, subscription);
        RefuseUnpayable(call, customer, subscription);
        Begin(call, subscription, given, prices);
        call.Work.Add(subscription);
        bool mustPay = call.Params.Text("payment_behavior") == "error_if_incomplete";
        if (call.Params.Text("payment_behavior") == "default_incomplete" && subscription.Text("status") == "active")
        {
            subscription["status"] = "incomplete";
            call.Work.Put(subscription);
        }
        else
        {
            SubscriptionLife.Bill(call.Work, subscription, "subscription_create", mustPay);
        }

        call.Work.Emit("customer.subscription.created", subscription);
        return Rendering.Of(subscription);
    }

    private static void Begin(Call call, JsonObject subscription, JsonArray given, JsonObject[] prices)
    {
        long now = call.Work.Now;
        long? trialEnd = call.Params.Whole("trial_end") ?? (call.Params.Whole("trial_period_days") is { } days ? now + (days * Day) : null);
        if (trialEnd is not null)
        {
            subscription["status"] = "trialing";
            subscription["trial_start"] = now;
            subscription["trial_end"] = trialEnd;
            subscription["billing_cycle_anchor"] = trialEnd;
        }

        for (int i = 0; i < prices.Length; i++)
        {
            JsonObject item = SubscriptionObject.Item(
                subscription, prices[i], given[i]!.AsObject().Whole("quantity"), now, trialEnd ?? SubscriptionObject.PeriodEnd(now, prices[i]));
            Metadata.Merge(item, given[i]!.AsObject());
            Add(subscription, item);
        }
    }

    private static void RefuseUnpayable(Call call, JsonObject customer, JsonObject subscription)
    {
        bool payable = subscription.Text("default_payment_method") is not null
            || customer.Part("invoice_settings")!.Text("default_payment_method") is not null
            || customer.Text("default_source") is not null;
        bool later = call.Params.ContainsKey("trial_end") || call.Params.ContainsKey("trial_period_days");
        if (!payable && !later && subscription.Text("collection_method") == "charge_automatically" && call.Params.Text("payment_behavior") is not "default_incomplete")
        {
            throw StripeRefusal.Invalid(
                "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
                "resource_missing");
        }
    }

    private static void Take(Call call, JsonObject subscription)
    {
        Metadata.Merge(subscription, call.Params);
        subscription.Take(
            call.Params, "cancel_at", "cancel_at_period_end", "collection_method", "days_until_due", "default_payment_method", "default_source",
            "description", "pause_collection", "application_fee_percent", "on_behalf_of", "pending_invoice_item_interval");
        if (call.Params.ContainsKey("cancel_at_period_end"))
        {
            bool ends = call.Params.Flag("cancel_at_period_end");
            subscription["canceled_at"] = ends ? call.Work.Now : null;
            subscription["cancel_at"] = ends && SubscriptionObject.List(subscription).Count > 0 ? SubscriptionObject.Items(subscription).Max(item => item.Amount("current_period_end")) : null;
            subscription.Part("cancellation_details")!["reason"] = ends ? "cancellation_requested" : null;
        }

        if (call.Params.Part("cancellation_details") is { } details)
        {
            subscription.Part("cancellation_details")!.Take(details, "comment", "feedback", "feedback_option");
        }

        if (call.Params.ContainsKey("discounts"))
        {
            Discounts.Put(call, subscription, call.Params.Items("discounts"));
        }
    }

    private static JsonObject Update(Call call)
    {
        JsonObject subscription = call.Subject("subscription");
        if (subscription.Text("status") is "canceled" or "incomplete_expired" && call.Params.Any(given => given.Key is not ("metadata" or "cancellation_details" or "expand")))
        {
            throw StripeRefusal.Invalid("A canceled subscription can only update its cancellation_details and metadata.", "invalid_canceled_subscription_fields");
        }

        JsonObject before = subscription.Copy();
        Take(call, subscription);
        ItemChanges.Apply(call, subscription, call.Params.Items("items"));
        if (call.Params["trial_end"] is { } end && subscription.Text("status") == "trialing")
        {
            subscription["trial_end"] = call.Params.Whole("trial_end") ?? call.Work.Now;
            subscription["status"] = end.ToString() == "now" ? "active" : "trialing";
        }

        call.Work.Put(subscription);
        if (call.Params.Text("proration_behavior") == "always_invoice" && call.Params.ContainsKey("items"))
        {
            InvoiceProrations(call.Work, subscription);
        }

        call.Work.Emit("customer.subscription.updated", subscription, before);
        return Rendering.Of(subscription);
    }

    private static void InvoiceProrations(Work work, JsonObject subscription)
    {
        JsonObject customer = work.Account.Find("customer", subscription.Text("customer")!)!;
        JsonObject invoice = Invoices.InvoiceObject.Of(customer, subscription.Text("currency")!, work.Now);
        invoice["billing_reason"] = "subscription_update";
        invoice["parent"] = SubscriptionObject.InvoiceParent(subscription);
        work.Add(invoice);
        Invoices.Invoicing.Collect(work, invoice, item => item["invoice"] is null && item.Part("parent")?.Part("subscription_details")?.Text("subscription") == subscription.Id());
        work.Emit("invoice.created", invoice);
        Invoices.Invoicing.Finalize(work, invoice);
        subscription["latest_invoice"] = invoice.Id();
        work.Put(subscription);
        if (invoice.Amount("amount_due") > 0)
        {
            Invoices.Invoicing.Pay(work, invoice, subscription.Text("default_payment_method"));
        }
    }

    private static JsonObject Cancel(Call call)
    {
        JsonObject subscription = call.Subject("subscription");
        if (subscription.Text("status") == "canceled")
        {
            throw StripeRefusal.Missing("subscription", call.Id);
        }

        SubscriptionLife.Cancel(call.Work, subscription, call.Params);
        return Rendering.Of(subscription);
    }

    private static JsonObject Resume(Call call)
    {
        JsonObject subscription = call.Subject("subscription");
        if (subscription.Text("status") != "paused")
        {
            throw StripeRefusal.Invalid("Only a subscription with a status of paused can be resumed.");
        }

        JsonObject before = subscription.Copy();
        subscription["status"] = "active";
        call.Work.Put(subscription);
        call.Work.Emit("customer.subscription.resumed", subscription, before);
        return Rendering.Of(subscription);
    }

    public static JsonObject PriceOf(Work work, JsonObject item, string param)
    {
        if (item.Part("price_data") is { } data)
        {
            return PriceObject.Of(work, data);
        }

        string id = item.Text("price") ?? item.Text("plan") ?? throw StripeRefusal.ParameterMissing(param);
        return work.Account.Find("price", id) ?? throw StripeRefusal.Invalid($"No such price: '{id}'", "resource_missing", param);
    }

    public static void Add(JsonObject subscription, JsonObject item)
    {
        SubscriptionObject.List(subscription).Add(item);
        subscription.Part("items")!["total_count"] = (long)SubscriptionObject.List(subscription).Count;
    }
}
