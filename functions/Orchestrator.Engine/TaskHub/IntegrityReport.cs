namespace Orchestrator.Engine.TaskHub;

/// <summary>Whether history is what was written: every row in its place, unchanged, up to the recorded head.</summary>
/// <param name="Rows">Rows that were checked.</param>
/// <param name="FirstDamaged">Position of the first row that is missing or changed; null when intact.</param>
/// <param name="Finding">One sentence for the operator.</param>
public sealed record IntegrityReport(bool IsIntact, long Rows, long? FirstDamaged, string Finding);
