using System.CommandLine;
using System.Diagnostics;

namespace Orchestrator.Torture.Kills;

/// <summary><c>kill</c>: kill -9 at random moments under load.</summary>
internal static class KillVerb
{
    private const int KillsPerHub = 50;

    public static Command Create()
    {
        Option<int> kills = new("--kills") { Description = "How often a process is killed.", DefaultValueFactory = _ => 50 };
        Option<int> seed = new("--seed") { Description = "Gives the moments and the load.", DefaultValueFactory = _ => Environment.TickCount & 0xFFFF };
        Option<double> minutes = new("--minutes") { Description = "Ends earlier after this long.", DefaultValueFactory = _ => 60 };
        Command command = new("kill", "Kills a process under load at random moments and looks for anything acknowledged that is lost or done twice.") { kills, seed, minutes };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(kills), parsed.GetValue(seed), TimeSpan.FromMinutes(parsed.GetValue(minutes))));
        return command;
    }

    private static async Task<int> RunAsync(int kills, int seed, TimeSpan budget)
    {
        long began = Stopwatch.GetTimestamp();
        Tally total = new(0, 0, 0, 0);
        int broken = 0;
        Progress progress = new();
        for (int hub = 0; total.Kills < kills && broken == 0 && Stopwatch.GetElapsedTime(began) < budget; hub++)
        {
            using KillCampaign campaign = new(HashCode(seed, hub));
            while (campaign.Kills < Math.Min(KillsPerHub, kills - total.Kills) && campaign.Broken.Count == 0 && Stopwatch.GetElapsedTime(began) < budget)
            {
                await campaign.KillAsync();
                progress.Say($"{total.Kills + campaign.Kills} of {kills} kills, hub {hub + 1}, {Stopwatch.GetElapsedTime(began):mm\\:ss}");
            }

            total += await campaign.EndAsync();
            broken += campaign.Broken.Count;
            if (campaign.Broken.Count > 0)
            {
                await Console.Error.WriteLineAsync(campaign.ToString());
            }
        }

        Console.WriteLine($"kill: {total}, {broken} violations, seed {seed}");
        return broken == 0 && total.Kills > 0 ? 0 : 1;
    }

    private static int HashCode(int seed, int hub) => unchecked((seed * 1_000_003) + hub);
}
