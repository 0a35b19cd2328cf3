using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations.Cases;

/// <summary>What an operator may do to a case's orchestration by hand. Each needs a reason and is on the audit record.</summary>
/// <param name="Name">Last part of its addresses, and the verb of the command line.</param>
/// <param name="Tool">Name on the audit record.</param>
/// <param name="Title">On its button.</param>
/// <param name="Means">What it does and does not, for whoever is about to press it.</param>
public sealed record CaseAct(string Name, string Tool, string Title, string Means)
{
    public static readonly CaseAct Suspend = new(
        "suspend", "cases.suspend", "Suspend this case", "Its next step does not begin until somebody resumes it. What runs right now still ends, decisions and replies are kept for it, and deadlines go on.");

    public static readonly CaseAct Resume = new(
        "resume", "cases.resume", "Resume this case", "It goes on where it stands, with all that came meanwhile.");

    public static readonly CaseAct Rewind = new(
        "rewind", "cases.rewind", "Rewind this case", "The step that failed is done again, and the case goes on from there. What succeeded is not done again. Mend the cause first.");

    public static readonly CaseAct End = new(
        "end", "cases.terminate", "End this case", "Nothing further happens by itself: open approvals are withdrawn and nobody is written to. Money that moved stays moved.");

    public static readonly CaseAct Purge = new(
        "purge", "cases.purge", "Purge this case", "Its orchestration and history are deleted and it leaves the lists, for good. The case file, its approvals and the audit record stay.");

    public static readonly IReadOnlyList<CaseAct> All = [Suspend, Resume, Rewind, End, Purge];

    /// <summary>Whose act it is: what cannot be taken back is an administrator's.</summary>
    internal Role Role => this == End || this == Purge ? Role.Administrator : Role.Operator;

    /// <summary>Those that a case in this state takes.</summary>
    public static IReadOnlyList<CaseAct> For(CaseView one) => one switch
    {
        { Standing: CaseStanding.Failed } => [Rewind, Purge],
        { IsOpen: false } => [Purge],
        { Standing: CaseStanding.Suspended } => [Resume, End],
        _ => [Suspend, End],
    };
}
