using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Subscriptions;

internal static class SubscriptionItemOperations
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/subscription_items", "subscription", List),
        Operation.Of("GET /v1/subscription_items/{id}", "subscription", call => Rendering.Of(Find(call).Item)),
        Operation.Of("POST /v1/subscription_items/{id}", "subscription", Update),
    ];

    private static JsonObject List(Call call)
    {
        JsonObject subscription = call.Named("subscription", "subscription")!;
        return Paging.Page(call, SubscriptionObject.Items(subscription));
    }

    private static JsonObject Update(Call call)
    {
        var (subscription, item) = Find(call);
        call.Work.Guard(subscription);
        JsonObject before = subscription.Copy();
        ItemChanges.Change(call, subscription, item, call.Params, prorate: call.Params.Text("proration_behavior") != "none");
        call.Work.Put(subscription);
        call.Work.Emit("customer.subscription.updated", subscription, before);
        return Rendering.Of(item);
    }

    private static (JsonObject Subscription, JsonObject Item) Find(Call call)
    {
        foreach (JsonObject subscription in call.Work.Account.All("subscription"))
        {
            if (SubscriptionObject.Items(subscription).FirstOrDefault(item => item.Id() == call.Id) is { } found)
            {
                return (subscription, found);
            }
        }

        throw StripeRefusal.Missing("subscription_item", call.Id);
    }
}
