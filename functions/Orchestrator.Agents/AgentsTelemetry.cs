using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Orchestrator.Agents;

/// <summary>The names under which the agent's acts are seen from outside.</summary>
public static class AgentsTelemetry
{
    public const string Name = "Orchestrator.Agents";

    /// <summary>A span for each act outside, such as <c>stripe.refunds.create</c>, with the case's id.</summary>
    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Acts outside by tool and outcome.</summary>
    internal static readonly Counter<long> Acts = Meter.CreateCounter<long>("orchestrator.acts");

    /// <summary>Keys that the vault did not give to an activity, by name and outcome.</summary>
    internal static readonly Counter<long> KeysRefused = Meter.CreateCounter<long>("orchestrator.keys.refused");
}
