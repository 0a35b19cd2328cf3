using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Inbox;
using Orchestrator.Operations.Cases;
using Orchestrator.Operations.Layout;

namespace Orchestrator.Operations.Approvals;

/// <summary>Everything the approver's page shows.</summary>
/// <param name="MayNot">Why this visitor can't decide; null when they can.</param>
/// <param name="Case">The case as the console shows it; null when its orchestration is gone.</param>
/// <param name="Customer">As Stripe knows them, or as their mail says.</param>
/// <param name="Messages">What the customer wrote, oldest first.</param>
/// <param name="Alert">Why the last click did not count.</param>
/// <param name="Draft">What was typed before a refusal, so that nothing is lost.</param>
/// <param name="Recorded">Whether this visitor's decision was just counted.</param>
public sealed record ApprovalView(
    ApprovalRound Round,
    RoundState State,
    ErrorModel? MayNot,
    CaseView? Case,
    string? Customer,
    IReadOnlyList<SupportMail> Messages,
    IReadOnlyList<CaseView> EarlierCases,
    IReadOnlyList<ApprovalRound> OtherRounds,
    DateTimeOffset Now,
    Visitor Who,
    FormToken Token,
    ErrorModel? Alert = null,
    DecisionForm? Draft = null,
    bool Recorded = false)
{
    /// <summary>Cases that somebody else opened in the same thread: they change nothing here.</summary>
    public IReadOnlyList<string> Strangers { get; init; } = [];

    /// <summary>How many mails are kept with the case beyond what is worked on.</summary>
    public int Beyond { get; init; }

    public IReadOnlyList<SupportMail> NewestBeyond { get; init; } = [];

    /// <summary>Open approvals of other cases that would refund one of these charges.</summary>
    public IReadOnlyList<Proposal> SameCharge { get; init; } = [];

    public Proposal Proposal => Round.Proposal;

    public bool CanDecide => State == RoundState.Open && MayNot is null;

    public string ChosenCharge => Draft?.Charge ?? "";
}

/// <summary>The step between the page and the act: what will happen, once more.</summary>
/// <param name="Command">Checked; what the confirming click will ask for.</param>
public sealed record ReviewView(ApprovalView Page, DecisionForm Form, DecisionCommand Command);
