using System.Globalization;
using Orchestrator.Engine;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;
using Orchestrator.Torture.Disk;
using Orchestrator.Torture.Simulation;

namespace Orchestrator.Torture.Cutting;

/// <summary>The log or the database of a crashed hub is damaged. An engine then either says so, or has all that was acknowledged.</summary>
internal static class DamagedHub
{
    private const int Cases = 60;

    /// <exception cref="BrokenPromiseException">Something acknowledged is lost and nobody said so.</exception>
    public static async Task<string> RunAsync(int seed, int images)
    {
        Random random = new(seed);
        using SimulatedDisk disk = new();
        disk.Record();
        Workload workload = new(disk);
        DurableEngine engine = Workload.Engine(Workload.Options(disk));
        await using (engine)
        {
            await engine.StartAsync(CancellationToken.None);
            await workload.RunAsync(engine, 0, Cases);
            Dictionary<long, string> chain = Chain(disk);
            int end = disk.Position;
            int reported = 0, whole = 0;
            for (int image = 0; image < images; image++)
            {
                using SimulatedDisk damaged = disk.CutAt(end, random);
                string suffix = random.Next(3) > 0 ? "-wal" : "";
                string how = $"image {image}, {((DiskDamage)random.Next(5)).Befall(damaged.Image(suffix)!, random)} of hub.db{suffix}";
                if (suffix.Length > 0)
                {
                    CheckPrefix(damaged, chain, how);
                }

                bool said = await IsReportedAsync(damaged, workload.Answers, how);
                (reported, whole) = said ? (reported + 1, whole) : (reported, whole + 1);
            }

            return string.Create(CultureInfo.InvariantCulture, $"{images} images: {reported} reported, {whole} whole");
        }
    }

    private static async Task<bool> IsReportedAsync(SimulatedDisk disk, IReadOnlyCollection<Answer> answers, string how)
    {
        try
        {
            await Reopening.CheckAsync(disk, answers);
            return false;
        }
        catch (TaskHubDamagedException damaged)
        {
            return damaged.Report is { IsIntact: false, Finding.Length: > 0 } ? true : throw new BrokenPromiseException($"{how}: the report says nothing");
        }
        catch (Exception failure)
        {
            throw new BrokenPromiseException($"{how}: {failure.GetType().Name}: {failure.Message}", failure);
        }
    }

    /// <summary>SQLite gives up damaged transactions at the end of its log, whole ones and no other.</summary>
    private static void CheckPrefix(SimulatedDisk disk, Dictionary<long, string> chain, string how)
    {
        using StoreState? store = StoreState.Open(disk);
        if (store is not null && store.Head is var head && head > 0 && (!chain.TryGetValue(head, out string? hash) || hash != Convert.ToHexString(store.HeadHash)))
        {
            throw new BrokenPromiseException($"{how}: what opens ends at row {head}, which is none of the rows written");
        }
    }

    private static Dictionary<long, string> Chain(SimulatedDisk disk)
    {
        using SqliteDatabase database = SqliteDatabase.OpenForReading(disk.HubPath, disk.Vfs);
        Dictionary<long, string> chain = [];
        SqliteStatement rows = database.Prepare("SELECT position, hash FROM history");
        while (rows.Step())
        {
            chain.Add(rows.Int64(0), Convert.ToHexString(rows.Blob(1)));
        }

        rows.Close();
        return chain;
    }
}
