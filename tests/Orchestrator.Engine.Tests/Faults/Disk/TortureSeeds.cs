namespace Orchestrator.Engine.Tests.Faults.Disk;

/// <summary>The seeds of the short forms: one that never changes and one that is new each time, which the failure tells.</summary>
internal static class TortureSeeds
{
    public const int Fixed = 1;

    public static TheoryData<int> FixedAndFresh => [Fixed, Random.Shared.Next(1_000, 1_000_000)];

    public static async Task RunAsync(Xunit.Abstractions.ITestOutputHelper output, int first, int count, Func<int, Task<string>> run)
    {
        for (int seed = first; seed < first + count; seed++)
        {
            try
            {
                output.WriteLine($"seed {seed}: {await run(seed)}");
            }
            catch (Exception failure)
            {
                Assert.Fail($"Seed {seed}: {failure}");
            }
        }
    }
}
