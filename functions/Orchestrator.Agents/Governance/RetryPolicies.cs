using Orchestrator.Agents.Durability;

namespace Orchestrator.Agents.Governance;

/// <summary>What is tried again, and for how long. Only where nothing happened, or where the activity itself reads before it acts.</summary>
public static class RetryPolicies
{
    /// <summary>Reads, and acts that the other side takes once per key: about two days.</summary>
    public static RetryPolicy Outside { get; } = Over(TransientOrUnknown);

    /// <summary>The refund: its activity looks for the refund at Stripe before it makes one, so an unknown outcome is reconciled by running it again.</summary>
    public static RetryPolicy Money { get; } = Over(TransientOrUnknown);

    /// <summary>The model: a person is waiting, so not for long.</summary>
    public static RetryPolicy Model { get; } = new(4, TimeSpan.FromSeconds(2), 2) { HandleFailure = TransientOrUnknown };

    /// <summary>A notice that does not arrive is followed by a reminder; an hour is enough.</summary>
    public static RetryPolicy Notice { get; } = new(8, TimeSpan.FromSeconds(2), 3, TimeSpan.FromMinutes(20)) { HandleFailure = TransientOrUnknown };

    private static RetryPolicy Over(Func<TaskFailureDetails, bool> failure) => new(64, TimeSpan.FromSeconds(1), 2, TimeSpan.FromHours(1)) { HandleFailure = failure };

    private static bool TransientOrUnknown(TaskFailureDetails failure) =>
        failure.IsCausedBy<TransientFailureException>() || failure.IsCausedBy<OutcomeUnknownException>();
}
