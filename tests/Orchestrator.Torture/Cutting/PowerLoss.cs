using System.Globalization;
using Orchestrator.Engine;
using Orchestrator.Torture.Disk;

namespace Orchestrator.Torture.Cutting;

/// <summary>A workload is recorded write by write; the power goes at any place of the record, and a fresh engine opens what that leaves.</summary>
internal static class PowerLoss
{
    private const int Cases = 60;

    /// <exception cref="BrokenPromiseException">Something acknowledged is lost.</exception>
    public static async Task<string> RunAsync(int seed, int images)
    {
        Random random = new(seed);
        using SimulatedDisk disk = new();
        disk.Record();
        Workload workload = new(disk);
        await using (DurableEngine engine = Workload.Engine(Workload.Options(disk)))
        {
            await engine.StartAsync(CancellationToken.None);
            await workload.RunAsync(engine, 0, Cases);
        }

        int held = 0;
        for (int image = 0; image < images; image++)
        {
            int position = random.Next(disk.Position + 1);
            using SimulatedDisk cut = disk.CutAt(position, random);
            List<Answer> told = [.. workload.Answers.Where(answer => answer.Position <= position)];
            try
            {
                await Reopening.CheckAsync(cut, told);
            }
            catch (Exception failure)
            {
                throw new BrokenPromiseException($"image {image}, cut at {position} of {disk.Position}: {failure.Message}", failure);
            }

            held += told.Count;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{images} images of {disk.Position} changes, {held} acknowledgements held");
    }
}
