using Microsoft.Playwright;
using Orchestrator.EndToEnd.Tests.Running;
using Orchestrator.EndToEnd.Tests.Story;

namespace Orchestrator.EndToEnd.Tests.Pages;

/// <summary>The approver's page as a person meets it, on a phone and on a desktop, by role and name.</summary>
[Collection(StoryCollection.Name)]
public sealed class ApprovalPageTests(StoryScene shared)
{
    private readonly Scene _scene = shared.Scene;

    [BrowserTheory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task Approve_ReviewsThenRefundsAndSaysWhoDecided(int width)
    {
        string order = Unique.Order($"6{width}");
        string email = Unique.Mail($"page{width}");
        string charge = await _scene.SellAsync(email, "Pat Page", 4200, "eur", order);
        string caseId = await _scene.SendMailAsync(email, "Refund", $"Please refund order {order}. It is broken & \"useless\".");
        string path = "/approvals/" + (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();
        await using Browser browser = await Browser.StartAsync();
        IPage page = await browser.SignedInAsync(_scene.Head, Scene.Ana, width, path);

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("Refund EUR 42.00") })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("It is broken & \"useless\".")).ToHaveCountAsync(1);
        ILocator approve = page.GetByRole(AriaRole.Button, new() { Name = "Refund EUR 42.00" });
        await Assertions.Expect(approve).ToBeInViewportAsync();
        await Browser.AssertAccessibleAsync(page);

        await approve.ClickAsync();
        Assert.Empty(await _scene.RefundsAsync(charge));
        await Assertions.Expect(page.GetByText("Your refund of EUR 42.00")).ToBeVisibleAsync();
        await Browser.AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Refund EUR 42.00" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Approved by" })).ToBeVisibleAsync();
        await Browser.AssertAccessibleAsync(page);

        await _scene.WaitForEndAsync(caseId);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "re_" })).ToBeVisibleAsync();
        Assert.Single(await _scene.RefundsAsync(charge));
    }

    [BrowserTheory]
    [InlineData(320)]
    public async Task KeyboardOnly_DeniesWithAReason(int width)
    {
        string email = Unique.Mail("keys");
        string order = Unique.Order("6501");
        await _scene.SellAsync(email, "Kit Keys", 4300, "eur", order);
        string caseId = await _scene.SendMailAsync(email, "Refund", $"I changed my mind, please refund order {order}.");
        string path = "/approvals/" + (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();
        await using Browser browser = await Browser.StartAsync();
        IPage page = await browser.SignedInAsync(_scene.Head, Scene.Ana, width, path);

        await TabToAsync(page, "Deny…");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/review");
        await TabToAsync(page, "Not covered by our terms");
        await page.Keyboard.PressAsync("Space");
        await Browser.AssertAccessibleAsync(page);
        await TabToAsync(page, "Deny");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Denied by" })).ToBeVisibleAsync();
        Assert.Equal("denied", (await _scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());
    }

    [BrowserTheory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task ConsoleQueueAndAudit_AreAccessible(int width)
    {
        string caseId = await _scene.SendMailAsync(Unique.Mail($"console{width}"), "Hello", "Do you also ship to Norway?");
        await _scene.WaitForEndAsync(caseId);
        await using Browser browser = await Browser.StartAsync();
        IPage page = await browser.SignedInAsync(_scene.Head, Scene.Ana, width, "/approvals");
        foreach (string path in new[] { "/", "/cases", "/approvals", "/approvals?view=done", "/cases/" + caseId, "/audit" })
        {
            await page.GotoAsync(path);
            await Browser.AssertAccessibleAsync(page);
        }
    }

    /// <summary>Presses Tab until what has the focus bears the name.</summary>
    private static async Task TabToAsync(IPage page, string name)
    {
        for (int presses = 0; presses < 80; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            string focused = await page.EvaluateAsync<string>("() => { const at = document.activeElement; return (at.labels && at.labels.length ? at.labels[0].innerText : at.innerText || '').trim(); }");
            if (focused == name)
            {
                return;
            }
        }

        Assert.Fail($"Tab never reached '{name}' on {page.Url}.");
    }
}
