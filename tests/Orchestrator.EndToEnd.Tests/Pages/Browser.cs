using Microsoft.Playwright;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Pages;

/// <summary>Headless Chromium from the distribution, as a person with a phone or a desktop.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static bool IsInstalled => File.Exists(Executable) && File.Exists(AxeFile);

    private static string AxeFile => Path.Combine(Repository.Root, "tests", "Orchestrator.EndToEnd.Tests", "node_modules", "axe-core", "axe.min.js");

    public static async Task<Browser> StartAsync()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new(playwright, browser);
    }

    /// <summary>A new page on which <paramref name="who"/> has signed in through the form.</summary>
    public async Task<IPage> SignedInAsync(HeadProcess head, string who, int width, string path)
    {
        // Bypassing the content security policy is for axe alone, which is injected as a script.
        IBrowserContext context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 740 }, BypassCSP = true, TimezoneId = "Europe/Berlin", BaseURL = head.Address.ToString() });
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        await page.GotoAsync(path);
        await page.Locator("[name=who]").FillAsync(who);
        await page.Locator("[name=code]").FillAsync(head.Code());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**" + path);
        return page;
    }

    /// <summary>axe-core finds nothing, and nothing sticks out sideways.</summary>
    public static async Task AssertAccessibleAsync(IPage page)
    {
        await page.AddScriptTagAsync(new() { Content = await File.ReadAllTextAsync(AxeFile) });
        string violations = await page.EvaluateAsync<string>(
            "async () => JSON.stringify((await axe.run()).violations.map(one => one.id + ': ' + one.nodes.map(node => node.target + ' ' + node.failureSummary).join(' | ')), null, 1)");
        Assert.True(violations == "[]", $"{page.Url}: {violations}");
        Assert.True(
            await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"),
            $"{page.Url} scrolls sideways at {page.ViewportSize!.Width} px.");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>Runs where Chromium and axe-core are installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (!Browser.IsInstalled)
        {
            Skip = "Chromium or axe-core is not installed; .ci/run installs both.";
        }
    }
}
