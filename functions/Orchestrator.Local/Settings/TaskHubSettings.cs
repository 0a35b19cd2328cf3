using Orchestrator.Connectors.Settings;

namespace Orchestrator.Local.Settings;

/// <summary>What the embedded engine keeps and takes.</summary>
/// <param name="RetentionDays">How long ended cases' orchestrations are kept; null: for ever. Case files, approvals and the audit record stay in any case.</param>
/// <param name="MaxPayloadBytes">Upper limit of one input, result, event or status as JSON.</param>
internal sealed record TaskHubSettings(int? RetentionDays, int MaxPayloadBytes)
{
    public const int DefaultMaxPayloadBytes = 1024 * 1024;

    private const int LongestDays = 36_500;

    private const int LargestPayload = 64 * 1024 * 1024;

    /// <summary>Below this the agent's own messages would not fit.</summary>
    private const int SmallestPayload = 64 * 1024;

    public TimeSpan? Retention => RetentionDays is { } days ? TimeSpan.FromDays(days) : null;

    public static TaskHubSettings Read(SettingsSection section)
    {
        int payload = section.Whole("MaxPayloadBytes", LargestPayload, "number of bytes") ?? DefaultMaxPayloadBytes;
        if (payload < SmallestPayload)
        {
            section.Fault("MaxPayloadBytes", $"is too small: write {SmallestPayload} or more");
        }

        return new(section.Whole("RetentionDays", LongestDays, "number of days"), payload);
    }
}
