using System.Net;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Payments;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.Cases;

public sealed class ConsoleTests
{
    [Fact]
    public async Task RefundThatFailedLater_AndWhatFollowed_LeadToEachOther()
    {
        await using Surface surface = await Surface.StartAsync();
        string follower = CaseIds.OfFailedRefund(Given.CaseId, "re_1");
        surface.Orchestrations.Put(Given.CaseId, null, new(CaseEnd.Refunded, "Refunded.", Refund: RefundId.From("re_1")));
        surface.Orchestrations.Put(follower, null, new(CaseEnd.RefundFailed, "It failed at the bank.", Refund: RefundId.From("re_1")));
        using HttpClient ana = await surface.SignedInAsync();

        string made = await ana.GetStringAsync($"/cases/{Given.CaseId}");
        string followed = await ana.GetStringAsync($"/cases/{follower}");

        Assert.Contains($"What became of it since: <a href=\"/cases/{follower}\">", made, StringComparison.Ordinal);
        Assert.Contains("It failed at the bank.", Html.Text(made), StringComparison.Ordinal);
        Assert.Contains($"The refund was made in: <a href=\"/cases/{Given.CaseId}\">", followed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfACaseWhoseStepIsTriedAgain_SaysWhichHowOftenWhyAndCountsIt()
    {
        await using Surface surface = await Surface.StartAsync();
        CaseRetry retry = new("IssueRefund", 3, "TransientFailure: Stripe does not answer.", surface.Clock.GetUtcNow() + TimeSpan.FromMinutes(4));
        surface.Orchestrations.Put("case-tried", new(CasePhase.Refunding, "Refunding EUR 42.00 at Stripe.") { Retry = retry });
        using HttpClient ana = await surface.SignedInAsync();

        string list = Html.Text(await ana.GetStringAsync("/cases"));
        string one = Html.Text(await ana.GetStringAsync("/cases/case-tried"));

        Assert.Contains("Failing 1", list, StringComparison.Ordinal);
        Assert.Contains("IssueRefund has failed 3 times and is tried again. TransientFailure: Stripe does not answer.", list, StringComparison.Ordinal);
        Assert.Contains("4 minutes", one, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_SaysWhyEachCaseIsNotDone()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        surface.Orchestrations.Put("case-failed", null, null, OrchestrationRuntimeStatus.Failed, new("X", "The key 'stripe-refund' is disabled."));
        surface.Orchestrations.Put("case-refunded", null, new(CaseEnd.Refunded, "Refunded and told.", null, new Money(500, Currency.Parse("jpy")), RefundId.From("re_5")));
        using HttpClient ana = await surface.SignedInAsync();

        string text = Html.Text(await ana.GetStringAsync("/"));

        Assert.Contains("Open 1 Waiting for people 1 Failing 1", text, StringComparison.Ordinal);
        Assert.Contains("Refunded today JPY 500", text, StringComparison.Ordinal);
        Assert.Contains("Petra Kunde Order 1042 EUR 420.00 ● Awaiting approval Waiting for finance to decide on the refund.", text, StringComparison.Ordinal);
        Assert.Contains("Stopped by an error", text, StringComparison.Ordinal);
        Assert.Contains("Needs a person 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ForOneId_GoesStraightToIt()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();

        using HttpResponseMessage answer = await ana.GetAsync("/cases?q=" + Given.ApprovalId);

        Assert.Equal("/cases/" + Given.CaseId, answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Case_ShowsTimelineMessagesApprovalsAndAudit()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync(mail: Given.Mail(text: "<script>alert(1)</script>"));
        DateTimeOffset at = surface.Clock.GetUtcNow();
        surface.Orchestrations.Record(
            Given.CaseId,
            new(1, "ExecutionStarted", at, null, "RefundAgent", null),
            new(2, "TaskScheduled", at, 1, "Understand", null),
            new(3, "TaskCompleted", at.AddSeconds(3), 1, null, null),
            new(4, "TaskScheduled", at, 2, "ReadCharges", null),
            new(5, "TaskFailed", at.AddSeconds(1), 2, null, """{"errorMessage":"Stripe answered 503."}"""),
            new(6, "TaskScheduled", at, 3, "SomethingNew", null));
        await surface.Audit.AppendAsync(new(at, Given.CaseId, "agent/IssueRefund", "stripe.refunds.create", "{}", ["re_1"], "req_1", "case:refund", "stripe-refund", "v3", null, "succeeded"), default);
        using HttpClient ana = await surface.SignedInAsync();

        string page = await ana.GetStringAsync("/cases/" + Given.CaseId);
        string text = Html.Text(page);

        Assert.Contains("The mail arrived and the case began", text, StringComparison.Ordinal);
        Assert.Contains("Read the mail 20 Nov 2026, 14:00 UTC · took 3 seconds", text, StringComparison.Ordinal);
        Assert.Contains("Read the payment at Stripe, failed", text, StringComparison.Ordinal);
        Assert.Contains("Stripe answered 503.", text, StringComparison.Ordinal);
        Assert.Contains("Something new, running", text, StringComparison.Ordinal);
        Assert.Contains("Idempotency key case:refund", text, StringComparison.Ordinal);
        Assert.Contains("Open the approval", text, StringComparison.Ordinal);
        Assert.Contains("stripe-refund v3", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndCase_NeedsOurFormAndAReason()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();
        string path = "/cases/" + Given.CaseId;

        using HttpResponseMessage forged = await ana.PostAsync(path + "/end", new FormUrlEncodedContent([new("reason", "x")]));
        using HttpResponseMessage empty = await ana.PostAsync(path + "/end", Html.Form(await ana.GetStringAsync(path), ("reason", "")));
        using HttpResponseMessage ended = await ana.PostAsync(path + "/end", Html.Form(await ana.GetStringAsync(path), ("reason", "settled by phone")));

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther], [forged.StatusCode, empty.StatusCode, ended.StatusCode]);
        Assert.Contains("Ended by an operator.", Html.Text(await ana.GetStringAsync(path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operator_WhereGroupsAreNamed_IsOnlyWhoIsInThem()
    {
        await using Surface surface = await Surface.StartAsync(with: options => options with { OperatorGroups = ["leads"] });
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();
        string path = "/cases/" + Given.CaseId;

        string page = await ana.GetStringAsync(path);
        using HttpResponseMessage answer = await ana.PostAsync(path + "/end", Html.Form(page, ("reason", "x")));

        Assert.Contains("Your groups do not allow this", Html.Text(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.True((await surface.Approvals.FindAsync(Given.ApprovalId, default))!.IsOpen);
    }

    [Fact]
    public async Task Queue_StandsByUrgencyAndByWhoMayDecide()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync(Given.Proposal(caseId: "case-later"), Given.Mail("m-1") with { ThreadId = "t1" });
        await surface.OpenApprovalAsync(Given.Proposal(TestPolicy.OneOfFinance with { Deadline = TimeSpan.FromHours(2) }, caseId: "case-soon"), Given.Mail("m-2") with { ThreadId = "t2" });
        await surface.OpenApprovalAsync(Given.Proposal(TestPolicy.OneOfFinance with { Stages = [new("leads", 1)], EscalateTo = null }, caseId: "case-leads"), Given.Mail("m-3") with { ThreadId = "t3" });
        using HttpClient ana = await surface.SignedInAsync();

        string mine = await ana.GetStringAsync("/approvals");
        string open = await ana.GetStringAsync("/approvals?view=open");

        Assert.Contains("Needs me 2 Open 3", Html.Text(mine), StringComparison.Ordinal);
        Assert.True(mine.IndexOf("case-soon-r1", StringComparison.Ordinal) < mine.IndexOf("case-later-r1", StringComparison.Ordinal));
        Assert.DoesNotContain("case-leads-r1", mine, StringComparison.Ordinal);
        Assert.Contains("case-leads-r1", open, StringComparison.Ordinal);
    }
}
