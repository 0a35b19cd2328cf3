using System.CommandLine;
using Orchestrator.Torture.Disk;

namespace Orchestrator.Torture.Cutting;

/// <summary>power-loss, damage, failing-sync and full-disk: the disk is cut, damaged, broken or filled, and an engine is held to what was acknowledged.</summary>
internal static class CuttingVerbs
{
    private const int ImagesPerSeed = 50;

    public static Command PowerLossVerb() => Verb(
        "power-loss", "Records a workload write by write and cuts the power at any place of the record.", images => images / ImagesPerSeed, seed => PowerLoss.RunAsync(seed, ImagesPerSeed));

    public static Command DamageVerb() => Verb(
        "damage", "Damages the log or the database of a crashed hub in five ways.", images => images / ImagesPerSeed, seed => DamagedHub.RunAsync(seed, ImagesPerSeed));

    public static Command FailingSyncVerb() => Verb(
        "failing-sync", "Answers a sync with an error, starts again, works on and loses power.", images => images, FailingSync.RunAsync);

    public static Command FullDiskVerb() => Verb("full-disk", "Fills the disk under load and gives space back.", images => images, FullAsync);

    public static async Task<string> FullAsync(int seed)
    {
        using SimulatedDisk disk = new();
        return await FullDisk.RunAsync(Workload.Options(disk), () => disk.FillUp(new Random(seed).Next(200_000)), disk.MakeSpace);
    }

    private static Command Verb(string name, string description, Func<int, int> seedsFor, Func<int, Task<string>> run)
    {
        Option<int> seed = new("--seed") { Description = "The first seed.", DefaultValueFactory = _ => 1 };
        Option<int> images = new("--images") { Description = "How many disks to look at.", DefaultValueFactory = _ => 1_000 };
        Option<int?> runs = new("--runs") { Description = "How many seeds, instead." };
        Option<double> minutes = new("--minutes") { Description = "Ends after this time, whatever is left.", DefaultValueFactory = _ => 60 };
        Command verb = new(name, description) { seed, images, runs, minutes };
        verb.SetAction(parsed =>
        {
            int seeds = parsed.GetValue(runs) ?? Math.Max(1, seedsFor(parsed.GetValue(images)));
            return new Seeds(parsed.GetValue(seed), seeds, TimeSpan.FromMinutes(parsed.GetValue(minutes)))
                .Run(Environment.ProcessorCount, number => run(number).GetAwaiter().GetResult());
        });
        return verb;
    }
}
