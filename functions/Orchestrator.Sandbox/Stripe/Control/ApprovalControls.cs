using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Keys;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Control;

/// <summary>The Dashboard's side of Stripe's own approvals.</summary>
internal static class ApprovalControls
{
    public static JsonObject Decide(Work work, string? id, bool approve)
    {
        JsonObject request = work.Account.Find("v2.core.approval_request", id ?? "") ?? throw StripeRefusal.Missing("approval request", id ?? "");
        if (request.Text("status") != "pending")
        {
            throw StripeRefusal.Invalid($"Approval request {id} is {request.Text("status")} already.");
        }

        request["status"] = approve ? "approved" : "rejected";
        work.Put(request);
        work.Emit(approve ? "v2.core.approval_request.approved" : "v2.core.approval_request.rejected", request);
        JsonObject answer = new() { ["approval_request"] = Rendering.Of(request) };
        if (approve)
        {
            answer["result"] = Run(work, request);
        }

        return answer;
    }

    // The stored call runs once, under the idempotency key it came with.
    private static JsonObject Run(Work work, JsonObject request)
    {
        string name = request.Text("_operation")!;
        Operation operation = StripeStandIn.Operations.Operations.Single(candidate => candidate.Name == name);
        Work stored = work.Account.Begin(work.Now, Ids.New("req_"), request.Text("_idempotency_key"));
        Caller dashboard = new("dashboard", Live: false, Agent: false, Rights: null);
        try
        {
            JsonObject result = operation.Handle(new Call(stored, dashboard, request.Text("_path")!, [], request.Part("_params")!.Copy()) { Approved = true });
            request["status"] = "succeeded";
            stored.Put(request);
            stored.Emit("v2.core.approval_request.succeeded", request);
            stored.Commit();
            return result;
        }
        catch (StripeRefusal refusal)
        {
            request["status"] = "failed";
            stored.Put(request);
            stored.Emit("v2.core.approval_request.failed", request);
            stored.Commit();
            return new JsonObject { ["error"] = refusal.Message };
        }
    }
}
