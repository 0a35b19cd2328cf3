namespace Orchestrator.Engine;

/// <summary>The places where a crash meets a different state of store and world; fault tests stop the engine at each.</summary>
public enum CrashPoint
{
    /// <summary>A write is taken up; nothing of it is in the transaction.</summary>
    BeforeAppend,

    /// <summary>A write is in the open transaction.</summary>
    AfterAppend,

    /// <summary>The transaction holds all of its group and is not committed.</summary>
    BeforeCommit,

    /// <summary>The store has synced the group; its witness does not know.</summary>
    BeforeWitness,

    /// <summary>The group is durable; nobody knows.</summary>
    AfterCommit,

    /// <summary>The group is durable; this write's caller does not know.</summary>
    BeforeAcknowledge,

    /// <summary>An orchestrator's code is about to run.</summary>
    BeforeTurn,

    /// <summary>An orchestrator's code ran; its steps are not recorded.</summary>
    AfterTurn,

    /// <summary>An activity is about to run.</summary>
    BeforeActivity,

    /// <summary>An activity has had its effect; its result is not recorded.</summary>
    AfterActivityReturn,
}
