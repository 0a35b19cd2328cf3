using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Agents;

/// <summary>The names under which the agent's acts are seen from outside.</summary>
public static class AgentsTelemetry
{
    public const string Name = "Orchestrator.Agents";

    private static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Acts outside by tool and outcome.</summary>
    internal static readonly Counter<long> Acts = Meter.CreateCounter<long>("orchestrator.acts");

    /// <summary>Keys that the vault did not give to an activity, by name and outcome.</summary>
    internal static readonly Counter<long> KeysRefused = Meter.CreateCounter<long>("orchestrator.keys.refused");

    /// <summary>
    /// A span for what happens in a case: a mail taken in, a decision, an act outside such as <c>stripe.refunds.create</c>. It goes into a trace whose id is made of the case's,
    /// because no span that a host carries outlives a wait of days, and is linked to the one that runs. So a case is one trace, from its mail to its refund.
    /// </summary>
    internal static Activity? Start(string what, string caseId, ActivityKind kind = ActivityKind.Internal)
    {
        ActivityLink[] links = Activity.Current is { } running ? [new(running.Context)] : [];
        return Source.StartActivity(what, kind, TraceOf(caseId), links: links)?.SetTag("case.id", caseId);
    }

    private static ActivityContext TraceOf(string caseId)
    {
        ReadOnlySpan<byte> hash = SHA256.HashData(Encoding.UTF8.GetBytes(caseId));
        return new(ActivityTraceId.CreateFromBytes(hash[..16]), ActivitySpanId.CreateFromBytes(hash[16..24]), ActivityTraceFlags.Recorded, isRemote: true);
    }
}
