using System.Diagnostics;
using System.Globalization;
using Orchestrator.Torture.Victims;

namespace Orchestrator.Torture.Parking;

/// <summary>Many instances wait, the process is killed, another takes over: how soon it is there, how soon the first case goes on, and what it all weighs.</summary>
/// <param name="Ready">The engine's start.</param>
/// <param name="Process">The whole process's start: the runtime's and the engine's.</param>
/// <param name="FirstCompletion">From the first event sent to its instance's end.</param>
/// <param name="ResidentBytes">Memory of the process after that.</param>
/// <param name="Broken">What was not as it must be; null when all was.</param>
internal sealed record ParkedRun(TimeSpan Ready, TimeSpan Process, TimeSpan FirstCompletion, long ResidentBytes, string? Broken)
{
    private const int AtOnce = 4_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public bool MeetsItsBounds => Broken is null && Ready < TimeSpan.FromSeconds(1) && FirstCompletion < TimeSpan.FromSeconds(1.5) && ResidentBytes < 300_000_000;

    public static async Task<ParkedRun> RunAsync(int instances, int seed, Action<string> progress)
    {
        string folder = Directory.CreateTempSubdirectory("torture-").FullName;
        try
        {
            VictimOptions options = new(folder, 0);
            await using (VictimProcess victim = VictimProcess.Start(options))
            {
                await FillAsync(victim, instances, progress);
                await victim.KillAsync();
            }

            await using VictimProcess heir = VictimProcess.Start(options with { Generation = 1 });
            return await TakeOverAsync(heir, instances, new Random(seed));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"ready after {Ready.TotalMilliseconds:F0} ms (process {Process.TotalMilliseconds:F0} ms), first event to completed {FirstCompletion.TotalMilliseconds:F0} ms, {ResidentBytes / 1_000_000} MB{(Broken is null ? "" : $"; {Broken}")}");

    private static async Task FillAsync(VictimProcess victim, int instances, Action<string> progress)
    {
        await victim.Ready;
        foreach (int[] some in Enumerable.Range(0, instances).Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(number => victim.AskAsync($"start wait case-{number}")));
            progress($"{some[^1] + 1} of {instances} started");
        }

        long began = Stopwatch.GetTimestamp();
        while (int.Parse(await victim.AskAsync("waiting case-"), CultureInfo.InvariantCulture) < instances)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException("Not all instances came to their wait.");
            }
        }
    }

    private static async Task<ParkedRun> TakeOverAsync(VictimProcess heir, int instances, Random random)
    {
        (TimeSpan engine, TimeSpan process) = await heir.Ready.WaitAsync(Patience);
        string[] broken = ["", ""];
        long began = Stopwatch.GetTimestamp();
        string first = $"case-{random.Next(instances)}";
        broken[0] = await GoOnAsync(heir, first);
        TimeSpan completion = Stopwatch.GetElapsedTime(began);
        long memory = long.Parse(await heir.AskAsync("memory"), CultureInfo.InvariantCulture);

        // The rest of them is there too.
        IEnumerable<string> others = Enumerable.Range(0, 500).Select(_ => $"case-{random.Next(instances)}").Distinct().Where(id => id != first);
        broken[1] = string.Join(' ', await Task.WhenAll(others.Select(id => GoOnAsync(heir, id)))).Trim();
        return new ParkedRun(engine, process, completion, memory, broken.Max() is { Length: > 0 } wrong ? wrong : null);
    }

    private static async Task<string> GoOnAsync(VictimProcess victim, string id)
    {
        await victim.AskAsync($"raise {id} go {id}/go {id}");
        string end = await victim.AskAsync($"end {id}").WaitAsync(Patience);
        return end == $"Completed \"{id}\"" ? "" : $"{id}: {end}";
    }
}
