using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.State;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Webhooks;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Control;

/// <summary>What a test may do behind Stripe's back: JSON in, JSON out, no key asked.</summary>
internal static class ControlRoutes
{
    private const string Root = "/_sandbox/stripe";

    public static void Map(WebApplication app, Account account, SandboxClock clock)
    {
        void On(string method, string route, Func<Work, JsonObject, string?, JsonObject> act) => app.MapMethods(
            Root + route, [method], async (HttpContext http) => await RunAsync(http, account, clock, act));

        On("GET", "/ledger", (work, _, _) => Ledger.Of(work.Account));
        On("GET", "/settings", (work, _, _) => Rendering.Of(Settings.Of(work.Account)));
        On("POST", "/settings", (work, given, _) => Rendering.Of(Settings.Change(work, given)));
        On("POST", "/keys", (work, given, _) => KeyControls.Register(work, given));
        On("POST", "/keys/expire", (work, given, _) => KeyControls.Expire(work, given));
        On("GET", "/objects/{id}", (work, _, id) => Rendering.Of(MoneyControls.Find(work, id)));
        On("PATCH", "/objects/{id}", (work, given, id) => MoneyControls.Patch(work, id, given));
        On("POST", "/charges/{id}/dispute", (work, given, id) => MoneyControls.Dispute(work, id, given));
        On("POST", "/disputes/{id}/close", (work, given, id) => MoneyControls.CloseDispute(work, id, given));
        On("POST", "/refunds/{id}/advance", (work, given, id) => MoneyControls.AdvanceRefund(work, id, given));
        On("POST", "/payment_intents/{id}/authenticate", (work, given, id) => MoneyControls.Authenticate(work, id, given));
        On("POST", "/balance", (work, given, _) => MoneyControls.Balance(work, given));
        On("POST", "/failures", (work, given, _) => MoneyControls.PlanFailure(work, given));
        On("POST", "/approval_requests/{id}/approve", (work, _, id) => ApprovalControls.Decide(work, id, approve: true));
        On("POST", "/approval_requests/{id}/deny", (work, _, id) => ApprovalControls.Decide(work, id, approve: false));
        On("POST", "/webhook_endpoints", (work, given, _) => WebhookOperations.Ensure(work, given));
        On("POST", "/events/{id}/resend", (work, _, id) => MoneyControls.Resend(work, id));
    }

    private static async Task RunAsync(HttpContext http, Account account, SandboxClock clock, Func<Work, JsonObject, string?, JsonObject> act)
    {
        Reply reply;
        try
        {
            JsonObject given = http.Request.Method == "GET" ? [] : await ReadAsync(http);
            lock (account.Gate)
            {
                long now = clock.GetUtcNow().ToUnixTimeSeconds();
                Transitions.Run(account, now);
                Work work = account.Begin(now);
                reply = Reply.Of(200, act(work, given, http.Request.RouteValues["id"] as string));
                work.Commit();
            }
        }
        catch (StripeRefusal refusal)
        {
            reply = Reply.Of(refusal.Status, new JsonObject { ["error"] = refusal.Message, ["param"] = refusal.Param });
        }

        http.Response.StatusCode = reply.Status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(reply.Body, http.RequestAborted);
    }

    private static async Task<JsonObject> ReadAsync(HttpContext http)
    {
        using StreamReader reader = new(http.Request.Body);
        string body = await reader.ReadToEndAsync(http.RequestAborted);
        try
        {
            return body.Length == 0 ? [] : JsonNode.Parse(body)?.AsObject() ?? [];
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw StripeRefusal.Validation($"The body is no JSON object: {malformed.Message}");
        }
    }
}
