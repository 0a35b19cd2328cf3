namespace Orchestrator.Agents.Approvals;

/// <summary>Who must agree, and by when.</summary>
/// <param name="Stages">Each must be met; a person counts once, in whichever stage of their groups it helps.</param>
/// <param name="EscalateTo">The group whose members may decide as well once <paramref name="EscalateAfter"/> has passed.</param>
/// <param name="Deadline">After it nobody decides and the round ends as expired.</param>
public sealed record ApprovalRequirement(
    IReadOnlyList<ApprovalStage> Stages,
    string? EscalateTo,
    TimeSpan RemindAfter,
    TimeSpan EscalateAfter,
    TimeSpan Deadline);

/// <summary>So many people of a group.</summary>
public sealed record ApprovalStage(string Group, int Count);
