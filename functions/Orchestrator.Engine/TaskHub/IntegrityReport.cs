namespace Orchestrator.Engine.TaskHub;

/// <summary>Whether the hub is what was written and acknowledged: every row of history in its place and unchanged, up to what the witness saw, and the instances as history says.</summary>
/// <param name="Rows">Rows that were checked.</param>
/// <param name="FirstDamaged">Position of the first row that is missing or changed; null when no row is.</param>
/// <param name="Finding">A sentence or two for the operator.</param>
public sealed record IntegrityReport(bool IsIntact, long Rows, long? FirstDamaged, string Finding)
{
    /// <summary>Whom the damage concerns, as far as it can be told.</summary>
    public IReadOnlyList<InstanceDamage> Instances { get; init; } = [];

    /// <summary>Missing rows of which nobody can say whose they were.</summary>
    public long UnnamedRows { get; init; }

    /// <summary>Earlier damage that a person accepted.</summary>
    public IReadOnlyList<AcceptedDamage> Accepted { get; init; } = [];

    /// <summary>Whether the hub can go on without the lost part when a person says so; otherwise only a backup helps.</summary>
    public bool CanBeAccepted { get; init; } = true;
}

/// <param name="InstanceId">The id; "key N" when its start is lost and written over in the witness.</param>
/// <param name="What">What it lost or what is wrong, for people: "TaskCompleted (row 12) is lost".</param>
public sealed record InstanceDamage(string InstanceId, IReadOnlyList<string> What);

/// <param name="Position">Row of history that records it.</param>
/// <param name="Finding">What was found then.</param>
public sealed record AcceptedDamage(long Position, DateTimeOffset Time, string Who, string Reason, string Finding);
