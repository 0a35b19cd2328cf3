using System.Text.Json.Nodes;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>
/// A case that was in flight before a deployment goes on after it. The histories in <c>tests/Histories</c> stay as they are for ever: who changes the order of steps keeps
/// the old order behind a version branch and records the new one under another name.
/// </summary>
public sealed class RecordedHistoryTests
{
    private const string VersionBranch = "Cases in flight have that order in their history: keep it behind a version branch in the orchestrator, and record the new one beside it in tests/Histories.";

    private static readonly Dictionary<string, Func<Stage, Task<string>>> Stories = new()
    {
        ["clear-refund"] = ClearRefundAsync,
        ["two-rounds"] = TwoRoundsAsync,
        ["ask-for-charge"] = AskForChargeAsync,
        ["nobody-decides"] = NobodyDecidesAsync,
        ["pending-refund"] = PendingRefundAsync,
    };

    public static TheoryData<string> Names => [.. Stories.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void PresentCode_OverARecordedHistory_AsksForTheSameStepsAndEndsTheSame(string name)
    {
        RecordedHistory recorded = RecordedHistory.Read(name);
        string output = Replay(recorded);

        JsonNode? ended = JsonNode.Parse(recorded.Steps[^1].Payload!);
        Assert.True(JsonNode.DeepEquals(ended, JsonNode.Parse(output)), $"'{name}' ended with {ended?.ToJsonString()} and now ends with {output}. {VersionBranch}");
    }

    [Fact]
    public void PresentCode_OverAHistoryWithTwoStepsExchanged_IsRefused()
    {
        RecordedHistory recorded = RecordedHistory.Read("clear-refund");
        HistoryEntry read = recorded.Steps.Last(step => step is { Kind: "TaskScheduled", Name: "ReadCharges" });
        var changed = recorded with { Steps = [.. recorded.Steps.Select(step => step == read ? step with { Name = "IssueRefund" } : step)] };

        Assert.Throws<NonDeterministicOrchestrationException>(changed.Replay);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task FreshRun_OfARecordedStory_TakesTheRecordedOrder(string name)
    {
        await using Stage stage = await Stage.OpenAsync();
        string caseId = await Stories[name](stage);
        var fresh = new RecordedHistory(RefundAgent.Definition.Name, caseId, await stage.Client.GetOrchestrationHistoryAsync(caseId));
        string path = RecordedHistory.PathOf(name);
        if (!File.Exists(path))
        {
            string made = Path.Combine(Path.GetTempPath(), name + ".json");
            fresh.Write(made);
            Assert.Fail($"{path} is missing. This run's history is in {made}: read it, and put it there.");
        }

        string[] recorded = [.. RecordedHistory.Read(name).Order];
        string[] now = [.. fresh.Order];
        int at = Enumerable.Range(0, Math.Max(recorded.Length, now.Length)).FirstOrDefault(step => recorded.ElementAtOrDefault(step) != now.ElementAtOrDefault(step), -1);
        Assert.True(at < 0, $"Step {at + 1} of '{name}' was '{recorded.ElementAtOrDefault(at)}' and is now '{now.ElementAtOrDefault(at)}'. {VersionBranch}");
    }

    private static string Replay(RecordedHistory recorded)
    {
        try
        {
            return recorded.Replay();
        }
        catch (NonDeterministicOrchestrationException changed)
        {
            Assert.Fail($"{changed.Message} {VersionBranch}");
            throw;
        }
    }

    private static async Task<string> ClearRefundAsync(Stage stage)
    {
        (string caseId, _) = await stage.AskAsync();
        await stage.ApproveAsync(CaseIds.Approval(caseId, 1), Stage.Ana);
        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(caseId)).End);
        return caseId;
    }

    /// <summary>A colleague refunds a part in the dashboard while the case waits: the approval is void and people are asked again.</summary>
    private static async Task<string> TwoRoundsAsync(Stage stage)
    {
        (string caseId, ChargeId charge) = await stage.AskAsync();
        await stage.Shop.RefundByHandAsync(charge, 1000);
        await stage.ApproveAsync(CaseIds.Approval(caseId, 1), Stage.Ana);
        await stage.RestsInRoundAsync(caseId, 2);
        await stage.ApproveAsync(CaseIds.Approval(caseId, 2), Stage.Ana);
        Assert.Equal(Given.Euro(3200), (await stage.EndAsync(caseId)).Amount);
        return caseId;
    }

    private static async Task<string> AskForChargeAsync(Stage stage)
    {
        string customer = await stage.Shop.MeetAsync(Stage.Clara);
        string caseId = await stage.WriteAsync("My order W-3001 never arrived. Please refund me.", thread: "thread-1");
        await stage.RestsAsync(caseId, CasePhase.AwaitingApproval);
        await stage.ApproveAsync(CaseIds.Approval(caseId, 0), Stage.Ana);
        await stage.RestsAsync(caseId, CasePhase.AwaitingCustomer);
        await stage.Shop.SellToAsync(customer, 4200, "W-3007");
        Assert.Equal(caseId, await stage.WriteAsync("Sorry, I mean order W-3007. It never arrived, please refund it.", thread: "thread-1"));
        await stage.RestsAsync(caseId, CasePhase.AwaitingApproval);
        await stage.ApproveAsync(CaseIds.Approval(caseId, 1), Stage.Ana);
        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(caseId)).End);
        return caseId;
    }

    /// <summary>Stripe takes its time: the customer hears twice.</summary>
    private static async Task<string> PendingRefundAsync(Stage stage)
    {
        await stage.Shop.ControlAsync("settings", new JsonObject { ["settle_after_seconds"] = 400 * 24 * 3600 });
        (string caseId, _) = await stage.AskAsync(card: "pm_card_pendingRefund");
        await stage.ApproveAsync(CaseIds.Approval(caseId, 1), Stage.Ana);
        await stage.RestsAsync(caseId, CasePhase.Settling);
        JsonNode refund = Assert.Single(await stage.Shop.RefundsAsync());
        await stage.Shop.ControlAsync($"refunds/{refund["id"]!.GetValue<string>()}/advance", new JsonObject { ["status"] = "succeeded" });
        stage.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(CaseEnd.Refunded, (await stage.EndAsync(caseId)).End);
        return caseId;
    }

    private static async Task<string> NobodyDecidesAsync(Stage stage)
    {
        (string caseId, _) = await stage.AskAsync();
        await stage.PassAsync(caseId, TimeSpan.FromHours(4), CasePhase.AwaitingApproval);
        await stage.PassAsync(caseId, TimeSpan.FromHours(20), CasePhase.AwaitingApproval);
        stage.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(CaseEnd.Expired, (await stage.EndAsync(caseId)).End);
        return caseId;
    }
}
