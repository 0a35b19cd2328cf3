using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Customers;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Refunds;

/// <summary>The steps of the agent, as orchestrators call them, each with how it is tried again.</summary>
public static class RefundActivities
{
    public static readonly ActivityDefinition<CaseStart, Reading> Understand = new(ActivityNames.Understand, RetryPolicies.Model);
    public static readonly ActivityDefinition<CaseStart, CustomerHistory> FetchHistory = new(ActivityNames.FetchHistory, RetryPolicies.Outside);
    public static readonly ActivityDefinition<ReadChargesInput, IReadOnlyList<ChargeFacts>> ReadCharges = new(ActivityNames.ReadCharges, RetryPolicies.Outside);
    public static readonly ActivityDefinition<PolicyQuestion, Assessment> ApplyPolicy = new(ActivityNames.ApplyPolicy, RetryPolicies.Ground.AlsoAfter<PolicyFileException>());
    public static readonly ActivityDefinition<OpenApprovalInput, OpenedApproval> OpenApproval = new(ActivityNames.OpenApproval, RetryPolicies.Ground);
    public static readonly ActivityDefinition<ApprovalNotice, bool> PostNotice = new(ActivityNames.PostNotice, RetryPolicies.Notice);
    public static readonly ActivityDefinition<string, bool> EscalateApproval = new(ActivityNames.EscalateApproval, RetryPolicies.Ground);
    public static readonly ActivityDefinition<ConcludeApprovalInput, ApprovalOutcome?> ConcludeApproval = new(ActivityNames.ConcludeApproval, RetryPolicies.Ground);
    public static readonly ActivityDefinition<RefundIntent, RefundAnswer> IssueRefund = new(ActivityNames.IssueRefund, RetryPolicies.Money.AlsoAfter<PolicyFileException>());
    public static readonly ActivityDefinition<ReadRefundInput, RefundRecord?> ReadRefund = new(ActivityNames.ReadRefund, RetryPolicies.Outside);
    public static readonly ActivityDefinition<MailOrder, bool> SendMail = new(ActivityNames.SendMail, RetryPolicies.Outside.AlsoAfter<PolicyFileException>());
    public static readonly ActivityDefinition<CaseStart, bool> CloseCase = new(ActivityNames.CloseCase, RetryPolicies.Ground);
}
