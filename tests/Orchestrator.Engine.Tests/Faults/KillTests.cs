using Orchestrator.Torture.Kills;
using Xunit.Abstractions;

namespace Orchestrator.Engine.Tests.Faults;

/// <summary>The short forms of <c>torture kill</c> and <c>torture points</c>: real processes on a real file, and SIGKILL.</summary>
[Collection(Alone.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 25;

    public static TheoryData<int> Seeds => [20261121, Random.Shared.Next(1_000_000)];

    /// <summary>Every point there is, so that a new one cannot be forgotten.</summary>
    public static TheoryData<CrashPoint> Points => [.. Enum.GetValues<CrashPoint>()];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Kill_AtRandomMomentsUnderLoad_LosesAndRepeatsNothingAcknowledged(int seed)
    {
        using KillCampaign campaign = new(seed);
        while (campaign.Kills < Kills && campaign.Broken.Count == 0)
        {
            await campaign.KillAsync();
        }

        Tally tally = await campaign.EndAsync();

        output.WriteLine($"{tally}, seed {seed}");
        Assert.True(campaign.Broken.Count == 0, campaign.ToString());
        Assert.True(tally.Starts > Kills && tally.Events > Kills && tally.Steps > Kills, $"There was hardly a load: {tally}.");
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Process_KilledAtAPoint_LosesAndRepeatsNothingAcknowledged(CrashPoint point)
    {
        (Tally tally, string? broken) = await PointsVerb.DieAtAsync(point, seed: (int)point, times: [1, 2, 17]);

        output.WriteLine($"{point}: {tally}");
        Assert.True(broken is null, broken);
    }
}
