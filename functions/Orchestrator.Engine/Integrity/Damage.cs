using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Integrity;

internal enum DamageKind
{
    /// <summary>Rows at the end that were acknowledged.</summary>
    Lost,

    /// <summary>Rows between others.</summary>
    Missing,

    /// <summary>A row is not what was written.</summary>
    Changed,

    /// <summary>The hub's own row does not lead to the last row of history.</summary>
    Head,

    /// <summary>An instance is not what history says.</summary>
    Instance,

    /// <summary>The witness is no help.</summary>
    Witness,

    /// <summary>SQLite cannot read its file.</summary>
    Store,
}

/// <summary>One thing that is not as it was written.</summary>
/// <param name="From">First position concerned; 0 when no row is.</param>
/// <param name="To">Last position concerned.</param>
/// <param name="Sentence">For the operator.</param>
/// <param name="Seal">What stands there now, so that accepting it does not cover what changes later.</param>
internal sealed record Damage(DamageKind Kind, long From, long To, string Sentence, string Seal = "")
{
    /// <summary>Key of the one instance concerned; 0 when it is not one.</summary>
    public long Instance { get; init; }

    /// <summary>Of a changed row.</summary>
    public HistoryKind Step { get; init; }

    /// <summary>Whose rows, in order of position.</summary>
    public IReadOnlyList<DamagedRow> Rows { get; init; } = [];

    /// <summary>Rows concerned of which nobody knows whose they were.</summary>
    public long Unnamed { get; init; }
}

internal sealed record DamagedRow(string InstanceId, string What);
