using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Payments;
using Orchestrator.Connectors.Sandboxes;

namespace Orchestrator.Local.Demo;

/// <summary>What came of the story.</summary>
/// <param name="Duplicates">Refunds beyond one in a case.</param>
internal sealed record Outcome(
    IReadOnlyList<SceneOutcome> Scenes,
    IReadOnlyList<LedgerLine> Ledger,
    int Mails,
    int Cases,
    int Approvals,
    int Refunds,
    int Duplicates,
    bool AuditHolds,
    string Audit)
{
    public bool IsAsDeserved => Duplicates == 0 && AuditHolds && Scenes.All(scene => scene.Complaints.Count == 0);

    public string LastLine => FormattableString.Invariant($"demo: {Mails} mails, {Cases} cases, {Approvals} approvals, {Refunds} refunds, {Duplicates} duplicate refunds");

    public static Outcome Of(Stage stage, IReadOnlyDictionary<string, string> charges, IReadOnlyList<LedgerRefund> ledger, IReadOnlyDictionary<string, int> mails, AuditVerdict audit)
    {
        Dictionary<string, string> orders = charges.ToDictionary(pair => pair.Value, pair => pair.Key);
        return new(
            [.. Story.Scenes.Select(scene => SceneOutcome.Of(scene, stage[scene], charges, [.. ledger.Where(refund => refund.CaseId == stage[scene].CaseId)], mails.GetValueOrDefault(scene.From)))],
            [.. ledger.Select(refund => new LedgerLine(refund.Id, orders.GetValueOrDefault(refund.Charge, refund.Charge), Text(refund), refund.Status, refund.CaseId!))],
            Story.Scenes.Count,
            Story.Scenes.Select(scene => stage[scene].CaseId).Distinct().Count(),
            stage.Decisions,
            ledger.Count,
            ledger.GroupBy(refund => refund.CaseId).Sum(group => group.Count() - 1),
            audit.Holds,
            audit.Finding);
    }

    internal static string Text(LedgerRefund refund) => new Money(refund.MinorUnits, Currency.Parse(refund.Currency)).ToString();
}

/// <param name="Complaints">What is not as the mail deserved; empty when all is.</param>
internal sealed record SceneOutcome(string Title, string? CaseId, string? End, string Why, string? Refund, int Mails, IReadOnlyList<string> Complaints)
{
    public static SceneOutcome Of(Scene scene, Stage.Part part, IReadOnlyDictionary<string, string> charges, IReadOnlyList<LedgerRefund> refunds, int mails)
    {
        Deserved deserved = scene.Deserved;
        List<string> complaints = [];
        if (part.Case?.End != deserved.End)
        {
            complaints.Add($"it ended {part.Case?.End ?? "nowhere"}, not {deserved.End}");
        }

        if (mails != deserved.Mails)
        {
            complaints.Add($"the customer got {mails} mails, not {deserved.Mails}");
        }

        if (deserved.Order is null && refunds.Count > 0)
        {
            complaints.Add("money moved");
        }

        if (deserved.Order is { } order && (refunds.Count != 1 || refunds[0].Charge != charges[order] || refunds[0].MinorUnits != deserved.MinorUnits || refunds[0].Status != "succeeded"))
        {
            complaints.Add($"{refunds.Count} refunds, not one of order {order} in full");
        }

        return new(scene.Title, part.CaseId, part.Case?.End, part.Case?.Why ?? "", refunds.Count == 0 ? null : string.Join(", ", refunds.Select(Outcome.Text)), mails, complaints);
    }
}

internal sealed record LedgerLine(string Refund, string Order, string Amount, string Status, string CaseId);
