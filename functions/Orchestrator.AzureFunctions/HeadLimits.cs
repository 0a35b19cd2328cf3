namespace Orchestrator.AzureFunctions;

/// <summary>Bounds that the embedded engine has as settings and that hold here too.</summary>
internal static class HeadLimits
{
    /// <summary>One input, result, event or status, as UTF-8 JSON.</summary>
    public const int MaxPayloadBytes = 1024 * 1024;
}
