using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Orchestrator.Engine.Tests;

public sealed class EngineTelemetryTests
{
    [Fact]
    public async Task Run_OfAnInstance_IsCounted()
    {
        ConcurrentDictionary<string, double> seen = new();
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter.Name == EngineTelemetry.Name)
            {
                it.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, 1, (_, sum) => sum + 1));
        listener.Start();

        await using TaskHubFolder hub = new();
        await hub.StartAsync(new Code().Activity("echo", input => input).Orchestrator("one", async (context, input) => await context.Call("echo", input)));
        await hub.RunAsync("one");

        Assert.All(
            ["orchestrations.started", "orchestrations.ended", "activities.duration", "hub.commits", "hub.commit.duration"],
            name => Assert.True(seen.GetValueOrDefault(name) >= 1, name));
    }
}
