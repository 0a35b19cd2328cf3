using Orchestrator.Agents.Approvals;
using Orchestrator.Operations.Layout;

namespace Orchestrator.Operations.Approvals;

/// <summary>The approvals in one order of need.</summary>
/// <param name="View"><c>needs-me</c>, <c>open</c> or <c>done</c>.</param>
public sealed record QueueView(string View, int NeedsMe, int Open, IReadOnlyList<ApprovalRound> Rounds, DateTimeOffset Now, Visitor Who);
