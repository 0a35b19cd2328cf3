using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Balance;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Disputes;
using Orchestrator.Sandbox.Stripe.PaymentIntents;
using Orchestrator.Sandbox.Stripe.Refunds;
using Orchestrator.Sandbox.Stripe.Webhooks;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Control;

/// <summary>What banks, networks and time do to charges and refunds.</summary>
internal static class MoneyControls
{
    public static JsonObject Find(Work work, string? id) => work.Account.Find(id ?? "") ?? throw StripeRefusal.Missing("object", id ?? "");

    /// <summary>Lays the given fields over an object, hashes within hashes; no event is written.</summary>
    public static JsonObject Patch(Work work, string? id, JsonObject given)
    {
        JsonObject target = Find(work, id);
        Lay(target, given);
        work.Put(target);
        return Rendering.Of(target);
    }

    /// <summary><c>{"reason"?: "fraudulent", "inquiry"?: false}</c></summary>
    public static JsonObject Dispute(Work work, string? id, JsonObject given)
    {
        JsonObject charge = Of(work, "charge", id);
        return Rendering.Of(Disputing.Open(work, charge, given.Text("reason") ?? "fraudulent", given.Flag("inquiry")));
    }

    /// <summary><c>{"status": "won" | "lost" | "warning_closed" | "prevented"}</c></summary>
    public static JsonObject CloseDispute(Work work, string? id, JsonObject given)
    {
        JsonObject dispute = Of(work, "dispute", id);
        Disputing.Close(work, dispute, given.Text("status") ?? "lost");
        return Rendering.Of(dispute);
    }

    /// <summary><c>{"status": "succeeded" | "failed" | "requires_action" | "pending", "failure_reason"?}</c></summary>
    public static JsonObject AdvanceRefund(Work work, string? id, JsonObject given)
    {
        JsonObject refund = Of(work, "refund", id);
        string status = given.Text("status") ?? "succeeded";
        if (status is not ("succeeded" or "failed" or "requires_action" or "pending" or "canceled"))
        {
            throw StripeRefusal.Validation($"'{status}' is no status of a refund.", param: "status");
        }

        Refunding.Advance(work, refund, status, given.Text("failure_reason"));
        return Rendering.Of(refund);
    }

    /// <summary><c>{"passed": true}</c>: the customer went through the bank's check.</summary>
    public static JsonObject Authenticate(Work work, string? id, JsonObject given)
    {
        JsonObject intent = Of(work, "payment_intent", id);
        if (intent.Text("status") != "requires_action")
        {
            throw StripeRefusal.Invalid($"Payment intent {id} is {intent.Text("status")}; only one in requires_action can be authenticated.");
        }

        Intents.Authenticate(work, intent, given.Flag("passed"));
        return Rendering.Of(intent);
    }

    /// <summary><c>{"currency": "usd", "available": 0}</c> limits refunds to what is there, null lifts it; <c>{"currency", "top_up": 5000}</c> adds and pays what waits.</summary>
    public static JsonObject Balance(Work work, JsonObject given)
    {
        string currency = given.Text("currency") ?? "usd";
        if (given.ContainsKey("available"))
        {
            Bookkeeping.Limit(work, currency, given.Whole("available"));
        }

        if (given.Whole("top_up") is { } amount)
        {
            Bookkeeping.Move(work, "available", currency, amount);
        }

        Refunding.PayWaiting(work);
        return Rendering.Of(Bookkeeping.Of(work.Account));
    }

    /// <summary><c>{"operation": "POST /v1/refunds", "status"?: 500, "code"?: "lock_timeout", "effect"?: false, "times"?: 1}</c></summary>
    public static JsonObject PlanFailure(Work work, JsonObject given)
    {
        string operation = given.Text("operation") ?? throw StripeRefusal.ParameterMissing("operation");
        if (StripeStandIn.Operations.Operations.All(known => known.Name != operation))
        {
            throw StripeRefusal.Validation($"There is no operation '{operation}'; write for example POST /v1/refunds.", param: "operation");
        }

        PlannedFailure.Plan(work, operation, (int)(given.Whole("status") ?? 500), given.Text("code"), given.Flag("effect"), (int)(given.Whole("times") ?? 1));
        return new JsonObject { ["planned"] = given.Whole("times") ?? 1 };
    }

    public static JsonObject Resend(Work work, string? id) => new() { ["planned"] = Deliveries.Resend(work, Of(work, "event", id)) };

    private static JsonObject Of(Work work, string type, string? id) => work.Account.Find(type, id ?? "") ?? throw StripeRefusal.Missing(type, id ?? "");

    private static void Lay(JsonObject target, JsonObject given)
    {
        foreach (var (name, value) in given)
        {
            if (target[name] is JsonObject below && value is JsonObject part)
            {
                Lay(below, part);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}
