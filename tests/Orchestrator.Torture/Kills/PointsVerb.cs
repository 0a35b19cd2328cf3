using System.CommandLine;
using Orchestrator.Engine;

namespace Orchestrator.Torture.Kills;

/// <summary><c>points</c>: a process kills itself at every named point, at several times of each.</summary>
internal static class PointsVerb
{
    public static Command Create()
    {
        Option<int> seed = new("--seed") { Description = "Gives the load.", DefaultValueFactory = _ => 1 };
        Option<int> moments = new("--moments") { Description = "Times of each point.", DefaultValueFactory = _ => 20 };
        Command command = new("points", "Lets a process kill itself at every crash point and looks for anything acknowledged that is lost or done twice.") { seed, moments };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(seed), parsed.GetValue(moments)));
        return command;
    }

    /// <summary>One hub, one process for each time of the point, then one that finishes.</summary>
    /// <returns>Null when nothing was broken.</returns>
    public static async Task<(Tally Tally, string? Broken)> DieAtAsync(CrashPoint point, int seed, IEnumerable<int> times)
    {
        using KillCampaign campaign = new(seed);
        foreach (int time in times)
        {
            await campaign.CrashAsync(point, time);
        }

        Tally tally = await campaign.EndAsync();
        return (tally, campaign.Broken.Count == 0 ? null : $"{point} at {string.Join(", ", times)}: {campaign}");
    }

    private static async Task<int> RunAsync(int seed, int moments)
    {
        Tally total = new(0, 0, 0, 0);
        int broken = 0;
        Random random = new(seed);
        Progress progress = new();
        foreach (CrashPoint point in Enum.GetValues<CrashPoint>())
        {
            progress.Say($"{point}, {total}");
            (Tally tally, string? wrong) = await DieAtAsync(point, random.Next(), [.. Enumerable.Range(0, moments).Select(_ => random.Next(1, 60))]);
            total += tally;
            if (wrong is not null)
            {
                broken++;
                await Console.Error.WriteLineAsync(wrong);
            }
        }

        Console.WriteLine($"points: {total}, {broken} violations, seed {seed}");
        return broken == 0 ? 0 : 1;
    }
}
