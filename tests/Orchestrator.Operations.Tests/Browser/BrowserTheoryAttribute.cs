namespace Orchestrator.Operations.Tests.Browser;

/// <summary>A theory that needs a real browser; without one it is skipped and says so.</summary>
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute(bool axe = false) =>
        (Axe, Skip) = (axe, BrowserTools.Chromium is null ? "There is no Chromium here: apt install chromium, or set CHROMIUM."
            : axe && BrowserTools.Axe is null ? "There is no axe-core here: npm install axe-core above the tests, or set AXE_CORE to its axe.min.js."
            : null!);

    /// <summary>Whether axe-core is needed as well.</summary>
    public bool Axe { get; }
}
