namespace Orchestrator.Local.Running;

/// <summary>What this command line reads of the API's answers; fields it does not know are left alone, enums stay words.</summary>
internal sealed record ApiProblem(string? Type, string? Title, int Status, string? Detail, string? NextStep, IReadOnlyDictionary<string, string[]>? Errors);

internal sealed record ApiMoney(long MinorUnits, string Currency, string Text);

internal sealed record ApiCase(
    string CaseId,
    string Standing,
    string? Phase,
    string Why,
    DateTimeOffset? Until,
    ApiMoney? Amount,
    string? Charge,
    string? Refund,
    string? ApprovalId,
    string? End,
    string RuntimeStatus,
    DateTimeOffset OpenedAt,
    DateTimeOffset UpdatedAt,
    string? Error)
{
    public bool HasEnded => RuntimeStatus is "completed" or "failed" or "terminated";
}

internal sealed record ApiCasePage(IReadOnlyList<ApiCase> Cases, string? Next, IReadOnlyDictionary<string, int>? Counts);

internal sealed record ApiCaseDetail(ApiCase Case, string? Customer, IReadOnlyList<ApiMessage> Messages, IReadOnlyList<ApiApproval> Approvals, string? IdempotencyKey);

internal sealed record ApiMessage(string MessageId, string? FromName, string FromAddress, string Subject, string Text, DateTimeOffset ReceivedAt);

internal sealed record ApiApproval(
    string ApprovalId,
    string CaseId,
    int Round,
    string Kind,
    string Title,
    ApiMoney? Amount,
    string State,
    DateTimeOffset OpenedAt,
    DateTimeOffset DecideBy,
    IReadOnlyList<string> Groups,
    int Votes,
    int VotesNeeded,
    ApiConclusion? Conclusion);

internal sealed record ApiConclusion(string Kind, DateTimeOffset At, IReadOnlyList<string> By, string? Charge, ApiMoney? Amount, string? Reason);

internal sealed record ApiApprovals(IReadOnlyList<ApiApproval> Approvals);

internal sealed record ApiApprovalDetail(
    ApiApproval Approval,
    IReadOnlyList<ApiCharge> Charges,
    ApiBasis Basis,
    IReadOnlyList<ApiFact> Facts,
    IReadOnlyList<ApiDifference> Differences,
    IReadOnlyList<string> Notices,
    ApiMail Mail,
    IReadOnlyList<ApiVote> Decisions,
    int MessagesSeen);

internal sealed record ApiCharge(string Charge, ApiMoney Paid, ApiMoney RefundedBefore, ApiMoney Refund, ApiMoney Left, string Method, DateTimeOffset ChargedAt, string Risk);

internal sealed record ApiBasis(string Rule, string PolicyVersion, string PolicyHash, IReadOnlyList<string> Met);

internal sealed record ApiFact(string Label, string Value, string Source);

internal sealed record ApiDifference(string Label, string Before, string Now);

internal sealed record ApiMail(string Subject, string Body);

internal sealed record ApiVote(string Id, string Name, string Kind, string? Charge, ApiMoney? Amount, string? Reason, DateTimeOffset At);

internal sealed record ApiDecision(string Kind, int MessagesSeen, string? Charge, long? AmountMinor, string? Reason, bool? TellCustomer);

internal sealed record ApiCaseAct(string Reason);

internal sealed record ApiSignIn(string Who, string Code)
{
    public override string ToString() => "sign-in";
}

internal sealed record ApiSession(string Token)
{
    public override string ToString() => "session";
}

internal sealed record ApiInboxMessage(string MessageId, string? ThreadId, ApiAddress From, string Subject, string? Text, string? Html, DateTimeOffset ReceivedAt)
{
    public override string ToString() => "mail " + MessageId;
}

internal sealed record ApiAddress(string? Name, string Address);

internal sealed record ApiReceipt(string CaseId, string As, string Location);

internal sealed record ApiAuditPage(IReadOnlyList<ApiAuditRecord> Records);

internal sealed record ApiAuditRecord(long Sequence, ApiAuditEntry Entry, string Hash);

internal sealed record ApiAuditEntry(DateTimeOffset Time, string? CaseId, string Actor, string Tool, IReadOnlyList<string> Objects, string? IdempotencyKey, string? KeyName, string Outcome);

internal sealed record ApiAuditVerdict(bool Holds, long Records, long? FirstBad, string Finding);

/// <summary>What <c>hub verify</c> found.</summary>
/// <param name="Accepted">What was found is accepted by this very call.</param>
internal sealed record ApiHubVerdict(Engine.TaskHub.IntegrityReport Hub, bool Accepted, ApiAuditVerdict Audit);
