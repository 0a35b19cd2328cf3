using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Control;

/// <summary>An error inside Stripe at the next run of an operation, before its effect or after it. An idempotency key remembers it, unless it is a conflict or a limit.</summary>
internal sealed record PlannedFailure(int Status, string? Code, bool Effect)
{
    private const string ObjectType = "_planned_failure";

    public static void Plan(Work work, string operation, int status, string? code, bool effect, int times)
    {
        for (int i = 0; i < times; i++)
        {
            work.Put(new JsonObject
            {
                ["id"] = $"_planned_failure_{Ids.Random(12)}",
                ["object"] = ObjectType,
                ["operation"] = operation,
                ["status"] = (long)status,
                ["code"] = code,
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
        return new PlannedFailure((int)plan.Amount("status"), plan.Text("code"), plan.Flag("effect"));
    }

    public StripeRefusal Refusal() => Status switch
    {
        429 when Code is null or "rate_limit" => new(429, "invalid_request_error", "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.") { Code = "rate_limit" },
        409 or 429 when Code is null or "lock_timeout" => new(Status, "invalid_request_error", "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.") { Code = "lock_timeout" },
        409 => new(409, "idempotency_error", "There is currently another in-progress request using this Idempotency Key. Please try again later.") { Code = Code },
        >= 500 => new(Status, "api_error", "An unexpected error occurred while processing your request. We have been notified.") { Code = Code },
        _ => new(Status, "invalid_request_error", "The request was refused, as was planned.") { Code = Code },
    };
}
