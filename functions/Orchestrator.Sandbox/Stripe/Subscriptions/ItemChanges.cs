using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Subscriptions;

/// <summary>Changes to a subscription's items; unless told otherwise each leaves prorations behind.</summary>
internal static class ItemChanges
{
    public static void Apply(Call call, JsonObject subscription, JsonArray? changes)
    {
        bool prorate = call.Params.Text("proration_behavior") != "none";
        for (int i = 0; i < (changes?.Count ?? 0); i++)
        {
            JsonObject change = changes![i]!.AsObject();
            if (change.Given("id", out string? id))
            {
                JsonObject item = SubscriptionObject.Items(subscription).FirstOrDefault(candidate => candidate.Id() == id)
                    ?? throw StripeRefusal.Invalid($"No such subscription item: '{id}'", "resource_missing", $"items[{i}][id]");
                Change(call, subscription, item, change, prorate);
                continue;
            }

            JsonObject price = SubscriptionOperations.PriceOf(call.Work, change, $"items[{i}][price]");
            JsonObject added = SubscriptionObject.Item(subscription, price, change.Whole("quantity"), call.Work.Now, SubscriptionObject.PeriodEnd(call.Work.Now, price));
            SubscriptionOperations.Add(subscription, added);
            if (prorate)
            {
                SubscriptionLife.Prorate(call.Work, subscription, added, sign: 1);
            }
        }
    }

    public static void Change(Call call, JsonObject subscription, JsonObject item, JsonObject change, bool prorate)
    {
        bool gone = change.Flag("deleted");
        bool repriced = gone || change.ContainsKey("price") || change.ContainsKey("plan") || change.ContainsKey("price_data") || change.ContainsKey("quantity");
        if (repriced && prorate)
        {
            SubscriptionLife.Prorate(call.Work, subscription, item, sign: -1);
        }

        if (gone)
        {
            SubscriptionObject.List(subscription).Remove(item);
            subscription.Part("items")!["total_count"] = (long)SubscriptionObject.List(subscription).Count;
            return;
        }

        Metadata.Merge(item, change);
        item.Take(change, "quantity");
        if (change.ContainsKey("price") || change.ContainsKey("plan") || change.ContainsKey("price_data"))
        {
            SubscriptionObject.Reprice(item, SubscriptionOperations.PriceOf(call.Work, change, "price"));
        }

        if (repriced && prorate)
        {
            SubscriptionLife.Prorate(call.Work, subscription, item, sign: 1);
        }
    }
}
