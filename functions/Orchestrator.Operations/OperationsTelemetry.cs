using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Orchestrator.Operations;

/// <summary>The names under which the web surface is seen from outside.</summary>
public static class OperationsTelemetry
{
    public const string Name = "Orchestrator.Operations";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Decisions by kind and result: <c>counted</c> or the refusal.</summary>
    internal static readonly Counter<long> Decisions = Meter.CreateCounter<long>("orchestrator.operations.decisions");

    /// <summary>Mails that came to the inbox, by result.</summary>
    internal static readonly Counter<long> Mails = Meter.CreateCounter<long>("orchestrator.operations.mails");

    /// <summary>Webhook deliveries by event type and result.</summary>
    internal static readonly Counter<long> Webhooks = Meter.CreateCounter<long>("orchestrator.operations.webhooks");

    /// <summary>Sign-ins by result.</summary>
    internal static readonly Counter<long> SignIns = Meter.CreateCounter<long>("orchestrator.operations.sign_ins");
}
