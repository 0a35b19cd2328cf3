using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Keys;

/// <summary>Who sent a request: the masked key, its mode, and its rights; null rights are all of them.</summary>
internal sealed record Caller(string Masked, bool Live, bool Agent, IReadOnlyDictionary<string, string>? Rights)
{
    /// <summary>Stripe's 403 unless the key may do this. Write implies read.</summary>
    public void Demand(string resource, bool write)
    {
        if (Rights is null || (Rights.TryGetValue(resource, out string? right) && (right == "write" || !write)))
        {
            return;
        }

        string slug = $"rak_{resource}_{(write ? "write" : "read")}";
        throw new StripeRefusal(
            403,
            "invalid_request_error",
            $"The provided key '{Masked}' does not have the required permissions for this endpoint on account '{Account.Id}'. Having the '{slug}' permission would allow this request to continue.")
        { Saved = false };
    }
}
