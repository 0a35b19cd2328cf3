using Microsoft.Playwright;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.Browser;

public sealed class BrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Path = "approvals/" + Given.ApprovalId;

    [BrowserTheory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task Approval_ByRoleAndName_IsReviewedAndDecided(int width)
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        IPage page = await chromium.OpenAsync(width);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add(message.Text);
        await SignInAsync(surface, page);

        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        Assert.True(await IsInViewAsync(page.GetByRole(AriaRole.Heading, new() { Name = "Refund EUR 420.00", Exact = true })));
        Assert.True(await IsInViewAsync(page.GetByText("Why a person is asked:")));
        Assert.True(await IsInViewAsync(page.GetByRole(AriaRole.Button, new() { Name = "Deny…" })));
        Assert.True(await IsInViewAsync(page.GetByRole(AriaRole.Button, new() { Name = "Refund EUR 420.00", Exact = true })));
        await page.GetByRole(AriaRole.Button, new() { Name = "Refund EUR 420.00", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Check before money moves" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Refund EUR 420.00", Exact = true }).ClickAsync();
        string status = await page.GetByRole(AriaRole.Status).InnerTextAsync();

        Assert.Contains("Approved by Ana for EUR 420.00", status, StringComparison.Ordinal);
        Assert.Equal(ConclusionKind.Approved, (await surface.Approvals.FindAsync(Given.ApprovalId, default))!.Conclusion!.Kind);
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task FailedCase_ByRoleAndName_IsRewound(int width)
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        surface.Orchestrations.Put(Given.CaseId, new(CasePhase.Refunding, "Refunding."), null, OrchestrationRuntimeStatus.Failed, new("X", "The key 'stripe-refund' is disabled."));
        IPage page = await chromium.OpenAsync(width);
        await SignInAsync(surface, page);
        await page.GotoAsync(new Uri(surface.Address, "cases/" + Given.CaseId).AbsoluteUri);

        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        Assert.True(await IsInViewAsync(page.GetByText("What failed:")));
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Reason" }).FillAsync("the key is enabled again");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rewind the case" }).ClickAsync();
        await page.GetByText("the key is enabled again").WaitForAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await surface.Orchestrations.GetInstanceAsync(Given.CaseId))!.RuntimeStatus);
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task CrowdedPages_SayAllOfItWithinTheirWidth(int width)
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync(Given.Proposal(TestPolicy.OneOfFinance with { Stages = [new("finance", 2)] }));
        await surface.OpenApprovalAsync(Given.Proposal(caseId: "case-other"), Given.Mail("m-2") with { ThreadId = "t2" });
        await surface.Files.KeepBeyondAsync(Given.CaseId, 1_980, Given.Mail("m-3") with { Text = new string('x', 400) });
        await surface.Approvals.ChangeAsync(
            Given.ApprovalId,
            round => round with { Votes = [new(new("cem@shop.example", "Cem", ["finance"]), VoteKind.Approve, null, null, null, null, false, surface.Clock.GetUtcNow()) { LapsedAt = surface.Clock.GetUtcNow() }] },
            default);
        IPage page = await chromium.OpenAsync(width);
        await SignInAsync(surface, page);

        await page.GetByText("Another open case is about the same payment").WaitForAsync();
        await page.GetByText("Does not count: the policy no longer lists them").WaitForAsync();
        await page.GetByText("And 1,980 more mails of this sender").WaitForAsync();
        await page.GetByText("Show the newest").ClickAsync();
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        await page.GotoAsync(new Uri(surface.Address, "cases/" + Given.CaseId).AbsoluteUri);
        await page.GetByText("And 1,980 more mails of this sender").WaitForAsync();
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(320)]
    public async Task Approval_ByKeyboardAlone_IsDecided(int width)
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        IPage page = await chromium.OpenAsync(width);
        await SignInAsync(surface, page);

        await TabToAsync(page, "Refund EUR 420.00");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Check before money moves" }).WaitForAsync();
        await TabToAsync(page, "Refund EUR 420.00");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Status).WaitForAsync();

        Assert.Equal(ConclusionKind.Approved, (await surface.Approvals.FindAsync(Given.ApprovalId, default))!.Conclusion!.Kind);
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(320)]
    public async Task Denial_WithoutScript_IsDecided(int width)
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        IPage page = await chromium.OpenAsync(width, script: false);
        await SignInAsync(surface, page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Deny…" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Signs of misuse" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Tell the customer" }).UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deny", Exact = true }).ClickAsync();
        string status = await page.GetByRole(AriaRole.Status).InnerTextAsync();

        Assert.Contains("Denied by Ana", status, StringComparison.Ordinal);
        Conclusion conclusion = (await surface.Approvals.FindAsync(Given.ApprovalId, default))!.Conclusion!;
        Assert.Equal((ConclusionKind.Denied, "Signs of misuse", null), (conclusion.Kind, conclusion.Reason, conclusion.Mail));
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(1280)]
    public async Task Times_AreInTheReadersZone(int width)
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        IPage page = await chromium.OpenAsync(width);
        await SignInAsync(surface, page);

        ILocator time = page.Locator("time[datetime='2026-11-23T14:00:00Z']").First;

        Assert.Contains("23:00", await time.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("23 Nov 2026, 14:00 UTC", await time.GetAttributeAsync("title"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [BrowserTheory(axe: true)]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task Pages_UnderAxe_HaveNoViolation(int width, bool dark)
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        await surface.OpenApprovalAsync(Given.Proposal(charges: [Given.Charge("ch_1"), Given.Charge("ch_2")], caseId: "case-several"), Given.Mail("m-2") with { ThreadId = "t2" });
        surface.Orchestrations.Record(Given.CaseId, new(1, "ExecutionStarted", surface.Clock.GetUtcNow(), null, "RefundAgent", null), new(2, "TaskScheduled", surface.Clock.GetUtcNow(), 1, "Understand", null));
        IPage page = await chromium.OpenAsync(width, dark, bypassPolicy: true);
        string axe = await File.ReadAllTextAsync(BrowserTools.Axe!);
        await page.GotoAsync(new Uri(surface.Address, "sign-in").ToString());
        List<string> found = [.. await ViolationsAsync(page, axe)];
        await SignInAsync(surface, page);

        foreach (string path in new[] { Path, "approvals/case-several-r1", "approvals", "approvals?view=done", "", "cases/" + Given.CaseId, "audit?verify=yes", "cases/none" })
        {
            await page.GotoAsync(new Uri(surface.Address, path).ToString());
            found.AddRange(await ViolationsAsync(page, axe));
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, path);
        }

        foreach (string button in new[] { "Refund EUR 420.00", "Deny…" })
        {
            await page.GotoAsync(new Uri(surface.Address, Path).ToString());
            await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            found.AddRange(await ViolationsAsync(page, axe));
        }

        Assert.Empty(found);
        await page.Context.CloseAsync();
    }

    private static async Task SignInAsync(Surface surface, IPage page)
    {
        await page.GotoAsync(new Uri(surface.Address, Path).ToString());
        await page.GetByLabel("Who are you?").FillAsync("ana@shop.example");
        await page.GetByLabel("One-time code").FillAsync(surface.Code());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Refund EUR 420.00" }).WaitForAsync();
    }

    private static async Task<bool> IsInViewAsync(ILocator locator) =>
        await locator.EvaluateAsync<bool>("element => { const box = element.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth; }");

    private static async Task TabToAsync(IPage page, string name)
    {
        for (int presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("document.activeElement.tagName === 'BUTTON' ? document.activeElement.textContent.trim() : ''") == name)
            {
                Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
                return;
            }
        }

        Assert.Fail($"Sixty tabs did not reach the button '{name}'.");
    }

    private static async Task<string[]> ViolationsAsync(IPage page, string axe)
    {
        await page.EvaluateAsync(axe);
        return await page.EvaluateAsync<string[]>("async () => (await axe.run()).violations.map(one => location.pathname + ' ' + one.id + ': ' + one.nodes.map(node => node.html.slice(0, 120)).join(' | '))");
    }
}
