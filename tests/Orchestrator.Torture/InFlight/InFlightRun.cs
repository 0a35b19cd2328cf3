using System.Diagnostics;
using System.Globalization;
using Orchestrator.Torture.Victims;

namespace Orchestrator.Torture.InFlight;

/// <summary>Many activities are under way or queued when the process is killed: the next one drains them within the limit on how many run at once.</summary>
/// <param name="Peak">The most that ran at once after the kill.</param>
/// <param name="Drain">From the process's start to the end of the last instance.</param>
internal sealed record InFlightRun(int Activities, int Peak, TimeSpan Drain, string? Broken)
{
    public const int Cap = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public bool MeetsItsBounds => Broken is null && Peak <= Cap && Drain < TimeSpan.FromSeconds(30);

    public static async Task<InFlightRun> RunAsync(int activities)
    {
        string folder = Directory.CreateTempSubdirectory("torture-").FullName;
        try
        {
            VictimOptions options = new(folder, 0) { MaxConcurrentActivities = Cap };
            string[] ids = [.. Enumerable.Range(0, activities / VictimTasks.WideFan).Select(number => $"wide-{number}")];
            await using (VictimProcess victim = VictimProcess.Start(options))
            {
                await victim.Ready;
                await Task.WhenAll(ids.Select(id => victim.AskAsync($"start wide {id}")));
                string? wrong = await FillAsync(victim, ids);
                await victim.KillAsync();
                if (wrong is not null)
                {
                    return new(activities, 0, TimeSpan.Zero, wrong);
                }
            }

            return await DrainAsync(options with { Generation = 1 }, ids);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Activities} in flight at the kill, at most {Peak} of {Cap} at once, drained in {Drain.TotalMilliseconds:F0} ms{(Broken is null ? "" : $"; {Broken}")}");

    /// <summary>Until every slot is taken and every activity is recorded.</summary>
    private static async Task<string?> FillAsync(VictimProcess victim, string[] ids)
    {
        long began = Stopwatch.GetTimestamp();
        int recorded = 0;
        while (Stopwatch.GetElapsedTime(began) < Patience)
        {
            string[] now = (await victim.AskAsync("peak")).Split(' ');
            if (now[0] != now[1] || int.Parse(now[0], CultureInfo.InvariantCulture) > Cap)
            {
                return $"{now[0]} ran at once where {Cap} may";
            }

            while (recorded < ids.Length && CountOf(await victim.AskAsync($"history {ids[recorded]}"), "\"TaskScheduled\"") == VictimTasks.WideFan)
            {
                recorded++;
            }

            if (recorded == ids.Length && now[1] == $"{Cap}")
            {
                return null;
            }
        }

        return "the activities did not come under way";
    }

    private static async Task<InFlightRun> DrainAsync(VictimOptions options, string[] ids)
    {
        long began = Stopwatch.GetTimestamp();
        await using VictimProcess heir = VictimProcess.Start(options);
        await heir.Ready;
        string[] ends = await Task.WhenAll(ids.Select(id => heir.AskAsync($"end {id}"))).WaitAsync(Patience);
        TimeSpan drain = Stopwatch.GetElapsedTime(began);
        int peak = int.Parse((await heir.AskAsync("peak")).Split(' ')[0], CultureInfo.InvariantCulture);
        int lost = ends.Count(end => end != $"Completed \"{VictimTasks.WideFan}\"");
        int executions = Ledger.Read(options.LedgerPath).Count, distinct = Ledger.Read(options.LedgerPath).Select(line => string.Join(' ', line.Split(' ')[..2])).Distinct().Count();
        int activities = ids.Length * VictimTasks.WideFan;
        string? broken = lost > 0 ? $"{lost} instances did not end rightly"
            : executions != activities || distinct != activities ? $"{executions} executions of {distinct} activities"
            : null;
        return new(activities, peak, drain, broken);
    }

    private static int CountOf(string text, string part) => text.Split(part).Length - 1;
}
