namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>Requests in the present second against a limit; 0 is none. Stripe's sandboxes allow 25.</summary>
internal sealed class RateLimit
{
    private long _second;
    private long _count;

    public void Count(long limit, long now)
    {
        if (now != _second)
        {
            _second = now;
            _count = 0;
        }

        if (++_count > limit && limit > 0)
        {
            throw new StripeRefusal(
                429, "invalid_request_error", "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.")
            { Code = "rate_limit", Saved = false };
        }
    }
}
