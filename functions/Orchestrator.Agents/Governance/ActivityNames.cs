namespace Orchestrator.Agents.Governance;

/// <summary>Names of the activities, as history and key declarations know them.</summary>
public static class ActivityNames
{
    public const string Understand = "Understand";
    public const string FetchHistory = "FetchHistory";
    public const string ReadCharges = "ReadCharges";
    public const string ApplyPolicy = "ApplyPolicy";
    public const string OpenApproval = "OpenApproval";
    public const string PostNotice = "PostNotice";
    public const string EscalateApproval = "EscalateApproval";
    public const string ConcludeApproval = "ConcludeApproval";
    public const string IssueRefund = "IssueRefund";
    public const string ReadRefund = "ReadRefund";
    public const string SendMail = "SendMail";
    public const string CloseCase = "CloseCase";
}
