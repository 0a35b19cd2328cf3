using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Customers;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Refunds;

/// <summary>The steps of the agent, as orchestrators call them.</summary>
public static class RefundActivities
{
    public static readonly ActivityDefinition<CaseStart, Reading> Understand = new(ActivityNames.Understand);
    public static readonly ActivityDefinition<CaseStart, CustomerHistory> FetchHistory = new(ActivityNames.FetchHistory);
    public static readonly ActivityDefinition<ReadChargesInput, IReadOnlyList<ChargeFacts>> ReadCharges = new(ActivityNames.ReadCharges);
    public static readonly ActivityDefinition<PolicyQuestion, Assessment> ApplyPolicy = new(ActivityNames.ApplyPolicy);
    public static readonly ActivityDefinition<OpenApprovalInput, OpenedApproval> OpenApproval = new(ActivityNames.OpenApproval);
    public static readonly ActivityDefinition<ApprovalNotice, bool> PostNotice = new(ActivityNames.PostNotice);
    public static readonly ActivityDefinition<string, bool> EscalateApproval = new(ActivityNames.EscalateApproval);
    public static readonly ActivityDefinition<ConcludeApprovalInput, ApprovalOutcome?> ConcludeApproval = new(ActivityNames.ConcludeApproval);
    public static readonly ActivityDefinition<RefundIntent, RefundAnswer> IssueRefund = new(ActivityNames.IssueRefund);
    public static readonly ActivityDefinition<ReadRefundInput, RefundRecord?> ReadRefund = new(ActivityNames.ReadRefund);
    public static readonly ActivityDefinition<MailOrder, bool> SendMail = new(ActivityNames.SendMail);
    public static readonly ActivityDefinition<CaseStart, bool> CloseCase = new(ActivityNames.CloseCase);
}
