namespace Orchestrator.Engine.TaskHub;

/// <summary>One recorded step. History is one table in append order; an instance's history is its rows in it.</summary>
/// <param name="Position">Place in the whole hub's history: 1, 2, 3 without gaps.</param>
/// <param name="Instance">Key of the instance.</param>
/// <param name="TaskId">Joins an action with its completion.</param>
/// <param name="Payload">JSON: input, result, failure, or due time of a timer.</param>
/// <param name="Reference">Instance id of a start or of a sub-orchestration, or id of an event.</param>
internal sealed record HistoryRow(
    long Position,
    long Instance,
    HistoryKind Kind,
    DateTimeOffset Time,
    int? TaskId,
    string? Name,
    string? Payload,
    string? Reference);
