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

        return MegaBytes("VmRSS:");
    }

    /// <summary>The most that this process ever held.</summary>
    public static double PeakMb() => MegaBytes("VmHWM:");

    private static double MegaBytes(string line)
    {
        const string Status = "/proc/self/status";
        double bytes = File.Exists(Status)
            ? double.Parse(File.ReadLines(Status).First(one => one.StartsWith(line, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024
            : Environment.WorkingSet;
        return Math.Round(bytes / 1e6, 1);
    }
}
