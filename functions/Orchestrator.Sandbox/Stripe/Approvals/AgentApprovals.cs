using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Approvals;

/// <summary>
/// Stripe's own two-party approvals: where a rule asks for one, the call is stored and answered with
/// <c>approval_required</c>; once approved in the Dashboard it runs by itself.
/// </summary>
internal static class AgentApprovals
{
    private const long OpenSeconds = 7 * 24 * 60 * 60;

    /// <summary>Stores the call and refuses it, when the switch <c>approvals</c> covers the caller (<c>agents</c> or <c>all</c>).</summary>
    public static void Hold(Call call, string operation, string action)
    {
        string? rule = Settings.Of(call.Work.Account).Text("approvals");
        if (call.Approved || !(rule == "all" || (rule == "agents" && call.Caller.Agent)))
        {
            return;
        }

        JsonObject request = new()
        {
            ["id"] = Ids.New("apreq_"),
            ["object"] = "v2.core.approval_request",
            ["action"] = action,
            ["created"] = call.Work.Now,
            ["dashboard_url"] = "",
            ["expires_at"] = DateTimeOffset.FromUnixTimeSeconds(call.Work.Now + OpenSeconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["status"] = "pending",
            ["_operation"] = operation,
            ["_params"] = call.Params.DeepClone(),
            ["_path"] = call.Path,
            ["_idempotency_key"] = call.Work.IdempotencyKey,
        };
        request["dashboard_url"] = $"https://dashboard.stripe.com/test/approvals/{request.Id()}";
        call.Work.Put(request);
        call.Work.Emit("v2.core.approval_request.created", request);
        throw new StripeRefusal(
            (int)Settings.Of(call.Work.Account).Amount("approval_status"),
            "invalid_request_error",
            "This request needs approval before it runs. It has been stored and runs when it is approved.")
        { Code = "approval_required", More = new JsonObject { ["approval_request"] = Shown(request) } };
    }

    public static JsonObject Shown(JsonObject request)
    {
        JsonObject shown = [];
        shown.Take(request, "id", "action", "status", "dashboard_url", "expires_at");
        return shown;
    }
}
