using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Control;

/// <summary>An error inside Stripe at the next run of an operation, before its effect or after it. An idempotency key remembers it.</summary>
internal sealed record PlannedFailure(int Status, bool Effect)
{
    private const string ObjectType = "_planned_failure";

    public static void Plan(Work work, string operation, int status, bool effect, int times)
    {
        for (int i = 0; i < times; i++)
        {
            work.Put(new JsonObject
            {
                ["id"] = $"_planned_failure_{Ids.Random(12)}",
                ["object"] = ObjectType,
                ["operation"] = operation,
                ["status"] = (long)status,
                ["effect"] = effect,
            });
        }
    }

    public static PlannedFailure? Take(Work work, string operation)
    {
        if (work.Account.All(ObjectType).FirstOrDefault(plan => plan.Text("operation") == operation) is not { } plan)
        {
            return null;
        }

        work.Drop(plan);
        return new PlannedFailure((int)plan.Amount("status"), plan.Flag("effect"));
    }

    public StripeRefusal Refusal() => Status == 429
        ? new(429, "invalid_request_error", "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.") { Code = "rate_limit", Saved = false }
        : new(Status, "api_error", "An unexpected error occurred while processing your request. We have been notified.");
}
