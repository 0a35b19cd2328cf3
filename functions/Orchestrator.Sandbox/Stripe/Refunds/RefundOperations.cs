using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Approvals;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Refunds;

internal static class RefundOperations
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/refunds", "charge", List),
        Operation.Of("POST /v1/refunds", "charge", Create),
        Operation.Of("POST /v1/charges/{id}/refunds", "charge", CreateOnCharge),
        Operation.Of("GET /v1/refunds/{id}", "charge", call => Rendering.Of(call.Subject("refund"))),
        Operation.Of("POST /v1/refunds/{id}", "charge", Update),
        Operation.Of("POST /v1/refunds/{id}/cancel", "charge", Cancel),
        Operation.Of("POST /v1/test_helpers/refunds/{id}/expire", "charge", Expire),
    ];

    private static JsonObject List(Call call)
    {
        if (call.Params.Text("charge") is { } charge && call.Work.Account.Find("charge", charge) is null)
        {
            throw StripeRefusal.Missing("charge", charge, "charge");
        }

        call.Named("payment_intent", "payment_intent");
        return Paging.Page(call, call.Work.Account.Latest("refund").Where(refund =>
            (call.Params.Text("charge") is not { } id || refund.Text("charge") == id)
            && (call.Params.Text("payment_intent") is not { } intent || refund.Text("payment_intent") == intent)));
    }

    private static JsonObject CreateOnCharge(Call call)
    {
        JsonObject given = call.Params.Copy();
        given["charge"] = call.Id;
        return Create(call with { Params = given });
    }

    private static JsonObject Create(Call call)
    {
        if (call.Params.Whole("amount") is < 1)
        {
            throw StripeRefusal.Validation("Invalid positive integer", "parameter_invalid_integer", "amount");
        }

        JsonObject charge = Refundable.Charge(call);
        long amount = Refundable.Amount(call.Work.Account, charge, call.Params.Whole("amount"));
        AgentApprovals.Hold(call, "POST /v1/refunds", "refund.create");
        return Rendering.Of(Refunding.Make(call.Work, charge, amount, call.Params));
    }

    private static JsonObject Update(Call call)
    {
        JsonObject refund = call.Subject("refund");
        JsonObject before = refund.Copy();
        Metadata.Merge(refund, call.Params);
        call.Work.Put(refund);
        call.Work.Emit("refund.updated", refund, before);
        call.Work.Emit("charge.refund.updated", refund, before);
        return Rendering.Of(refund);
    }

    private static JsonObject Cancel(Call call)
    {
        JsonObject refund = WaitingForAction(call);
        Refunding.Advance(call.Work, refund, "canceled");
        return Rendering.Of(refund);
    }

    private static JsonObject Expire(Call call)
    {
        JsonObject refund = WaitingForAction(call);
        Refunding.Advance(call.Work, refund, "failed", "unknown");
        return Rendering.Of(refund);
    }

    private static JsonObject WaitingForAction(Call call)
    {
        JsonObject refund = call.Subject("refund");
        return refund.Text("status") == "requires_action"
            ? refund
            : throw StripeRefusal.Invalid($"This refund cannot be canceled because it has a status of {refund.Text("status")}. Only a refund with a status of requires_action can be canceled.");
    }
}
