using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Disputes;

internal static class DisputeOperations
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/disputes", "dispute", List),
        Operation.Of("GET /v1/disputes/{id}", "dispute", call => Rendering.Of(call.Subject("dispute"))),
        Operation.Of("POST /v1/disputes/{id}", "dispute", Update),
        Operation.Of("POST /v1/disputes/{id}/close", "dispute", Close),
        Operation.Of("GET /v1/radar/early_fraud_warnings", "charge", ListWarnings),
        Operation.Of("GET /v1/radar/early_fraud_warnings/{id}", "charge", call => Rendering.Of(call.Subject("radar.early_fraud_warning"))),
    ];

    private static JsonObject List(Call call) => Paging.Page(call, call.Work.Account.Latest("dispute").Where(dispute =>
        (call.Params.Text("charge") is not { } charge || dispute.Text("charge") == charge)
        && (call.Params.Text("payment_intent") is not { } intent || dispute.Text("payment_intent") == intent)));

    private static JsonObject ListWarnings(Call call) => Paging.Page(call, call.Work.Account.Latest("radar.early_fraud_warning").Where(warning =>
        (call.Params.Text("charge") is not { } charge || warning.Text("charge") == charge)
        && (call.Params.Text("payment_intent") is not { } intent || warning.Text("payment_intent") == intent)));

    // Evidence is filed unless submit says otherwise. Stripe's two magic sentences decide the dispute in test mode.
    private static JsonObject Update(Call call)
    {
        JsonObject dispute = call.Subject("dispute");
        Open(dispute);
        JsonObject before = dispute.Copy();
        Metadata.Merge(dispute, call.Params);
        dispute.Take(call.Params, "intended_submission_method");
        JsonObject details = dispute.Part("evidence_details")!;
        foreach (var (name, value) in call.Params.Part("evidence") ?? [])
        {
            dispute["evidence"]![name] = value?.DeepClone();
            details["has_evidence"] = true;
        }

        bool submitted = (!call.Params.ContainsKey("submit") || call.Params.Flag("submit")) && details.Flag("has_evidence");
        if (submitted)
        {
            details["submission_count"] = details.Amount("submission_count") + 1;
            details["submission_method"] = "manual";
            dispute["status"] = dispute.Text("status")!.StartsWith("warning_", StringComparison.Ordinal) ? "warning_under_review" : "under_review";
        }

        call.Work.Put(dispute);
        call.Work.Emit("charge.dispute.updated", dispute, before);
        string? text = dispute.Part("evidence")!.Text("uncategorized_text");
        if (submitted && text is "winning_evidence" or "losing_evidence")
        {
            bool inquiry = dispute.Text("status") == "warning_under_review";
            Disputing.Close(call.Work, dispute, inquiry ? "warning_closed" : text == "winning_evidence" ? "won" : "lost");
        }

        return Rendering.Of(dispute);
    }

    private static JsonObject Close(Call call)
    {
        JsonObject dispute = call.Subject("dispute");
        Open(dispute);
        Disputing.Close(call.Work, dispute, dispute.Text("status")!.StartsWith("warning_", StringComparison.Ordinal) ? "warning_closed" : "lost");
        return Rendering.Of(dispute);
    }

    private static void Open(JsonObject dispute)
    {
        if (dispute.Text("status") is "won" or "lost" or "warning_closed" or "prevented")
        {
            throw StripeRefusal.Invalid("This dispute is already closed");
        }
    }
}
