using Orchestrator.Torture.Cutting;
using Xunit.Abstractions;

namespace Orchestrator.Engine.Tests.Faults.Disk;

public sealed class CuttingTests(ITestOutputHelper output)
{
    private const int Images = 25;

    public static TheoryData<int> Start => TortureSeeds.FixedAndFresh;

    [Theory]
    [MemberData(nameof(Start))]
    public Task PowerLoss_AnywhereInAWorkload_LosesNothingAcknowledged(int seed) =>
        TortureSeeds.RunAsync(output, seed, 1, one => PowerLoss.RunAsync(one, Images));

    [Theory]
    [MemberData(nameof(Start))]
    public Task Damage_OfLogOrDatabase_IsReportedOrLosesNothing(int seed) =>
        TortureSeeds.RunAsync(output, seed, 1, one => DamagedHub.RunAsync(one, Images));

    [Theory]
    [MemberData(nameof(Start))]
    public Task FailedSync_StopsTheEngineAndLosesNothingAcknowledged(int seed) =>
        TortureSeeds.RunAsync(output, seed, 8, FailingSync.RunAsync);

    [Theory]
    [MemberData(nameof(Start))]
    public Task FullDisk_RefusesNewWorkAndGoesOnWithSpace(int seed) =>
        TortureSeeds.RunAsync(output, seed, 2, CuttingVerbs.FullAsync);

    [Fact]
    public async Task FullTmpfs_RefusesNewWorkAndGoesOnWithSpace()
    {
        using Tmpfs? tmpfs = Tmpfs.Mount(megabytes: 8, out string why);
        if (tmpfs is null)
        {
            output.WriteLine($"skipped: {why}");
            return;
        }

        output.WriteLine(await FullDisk.RunAsync(new EngineOptions(Path.Combine(tmpfs.Folder, "hub.db")), tmpfs.Fill, tmpfs.Free));
    }
}
