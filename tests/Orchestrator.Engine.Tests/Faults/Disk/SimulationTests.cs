using System.Globalization;
using Orchestrator.Torture.Simulation;
using Xunit.Abstractions;

namespace Orchestrator.Engine.Tests.Faults.Disk;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 100;

    public static TheoryData<int> Start => TortureSeeds.FixedAndFresh;

    [Theory]
    [MemberData(nameof(Start))]
    public Task Engine_InASimulatedWorld_KeepsItsPromises(int first) => TortureSeeds.RunAsync(output, first, Seeds, seed =>
    {
        SimulationResult result = SimulationRun.Run(seed);
        return Task.FromResult(string.Create(CultureInfo.InvariantCulture, $"trace {result.Trace:x16}, {result.Steps} steps, {result.Lives} lives"));
    });

    [Theory]
    [MemberData(nameof(Start))]
    public void Seed_RunTenTimes_TakesOneWay(int seed)
    {
        SimulationResult[] results = [.. Enumerable.Range(0, 10).Select(_ => SimulationRun.Run(seed))];
        Assert.True(results.Distinct().Count() == 1, $"Seed {seed}: {string.Join(Environment.NewLine, results.Distinct())}");
    }

    [Fact]
    public void Seeds_ThatDiffer_TakeDifferentWays() =>
        Assert.Equal(5, Enumerable.Range(1, 5).Select(seed => SimulationRun.Run(seed).Trace).Distinct().Count());
}
