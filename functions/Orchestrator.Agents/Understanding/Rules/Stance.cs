namespace Orchestrator.Agents.Understanding.Rules;

/// <summary>How one sentence stands to a refund.</summary>
internal enum Stance
{
    /// <summary>It does not mention one.</summary>
    Silent,

    /// <summary>It mentions one and says nothing about it that the rules know.</summary>
    Mentions,

    Asks,
    Wonders,
    Declines,
    AsksRules,
    Follows,
    Past,
    Conditional,
    Others,
    Open,
}
