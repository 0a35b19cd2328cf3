using System.Globalization;

namespace Orchestrator.Benchmarks.Engine;

internal static class ProcessMemory
{
    /// <summary>Resident memory of this process as the system counts it, in MB of 10^6 bytes.</summary>
    /// <param name="collect">After a full collection.</param>
    public static double RssMb(bool collect)
    {
        if (collect)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return Math.Round(Bytes() / 1e6, 1);
    }

    private static double Bytes()
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
        {
            return Environment.WorkingSet;
        }

        string line = File.ReadLines(Status).First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
