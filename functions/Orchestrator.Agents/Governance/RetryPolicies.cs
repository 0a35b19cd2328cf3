using Orchestrator.Agents.Durability;

namespace Orchestrator.Agents.Governance;

/// <summary>What is tried again, and for how long. Only where nothing happened, or where the activity itself reads before it acts.</summary>
public static class RetryPolicies
{
    /// <summary>Reads, and acts that the other side takes once per key: about two days.</summary>
    public static RetryPolicy Outside { get; } = new(64, TimeSpan.FromSeconds(1), 2, TimeSpan.FromHours(1)) { HandleFailure = MayPass };

    /// <summary>The refund: its activity looks for the refund at Stripe before it makes one, so an unknown outcome is reconciled by running it again.</summary>
    public static RetryPolicy Money { get; } = Outside;

    /// <summary>What needs nothing but our own stores and files: for as long as it takes, at least every ten minutes. A case waits for them; it never fails because of them.</summary>
    public static RetryPolicy Ground { get; } = new(int.MaxValue, TimeSpan.FromSeconds(1), 2, TimeSpan.FromMinutes(10)) { HandleFailure = MayPass };

    /// <summary>The model: a person is waiting, so not for long.</summary>
    public static RetryPolicy Model { get; } = new(4, TimeSpan.FromSeconds(2), 2) { HandleFailure = MayPass };

    /// <summary>A notice that does not arrive is followed by a reminder; an hour is enough.</summary>
    public static RetryPolicy Notice { get; } = new(8, TimeSpan.FromSeconds(2), 3, TimeSpan.FromMinutes(20)) { HandleFailure = MayPass };

    /// <summary>The same policy, which also waits for what <typeparamref name="TException"/> stands for to be mended.</summary>
    public static RetryPolicy AlsoAfter<TException>(this RetryPolicy policy)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy with { HandleFailure = failure => policy.HandleFailure?.Invoke(failure) != false || failure.IsCausedBy<TException>() };
    }

    /// <summary>Nothing happened, or what happened is looked for first: the same call may work later.</summary>
    private static bool MayPass(TaskFailureDetails failure) =>
        failure.IsCausedBy<TransientFailureException>() || failure.IsCausedBy<OutcomeUnknownException>()
        || failure.IsCausedBy<StoreUnavailableException>() || failure.IsCausedBy<StoreFullException>();
}
