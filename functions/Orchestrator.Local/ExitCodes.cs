namespace Orchestrator.Local;

/// <summary>What the process says when it ends; the same numbers as <c>gh</c> uses.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Error = 1;

    /// <summary>Wrong usage, or cancelled.</summary>
    public const int UsageOrCancelled = 2;

    /// <summary>Nobody known asked, or only a signed-in person may do this, on the page.</summary>
    public const int SignInNeeded = 4;
}
