using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>What the figures were measured on, with what one sync of its disk takes right now: nothing durable is faster.</summary>
internal static class Disk
{
    private const int Times = 300;

    public static Dictionary<string, object?> Describe(string folder) => new()
    {
        ["cores"] = Environment.ProcessorCount,
        ["memory_gib"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30),
        ["os"] = RuntimeInformation.OSDescription,
        ["dotnet"] = Environment.Version.ToString(),
        ["filesystem"] = FileSystem(folder),
        ["disk_fdatasync_us_p50"] = SyncMicroseconds(folder),
    };

    /// <summary>One line for a caption.</summary>
    public static string Caption(Dictionary<string, object?> machine) => string.Create(
        CultureInfo.InvariantCulture,
        $"{machine["cores"]} cores, {machine["memory_gib"]} GiB, {machine["os"]}, .NET {machine["dotnet"]}, {machine["filesystem"]}, fdatasync {machine["disk_fdatasync_us_p50"] ?? "?"} µs");

    private static string FileSystem(string folder)
    {
        string kind = new DriveInfo(folder).DriveFormat;
        if (kind is "tmpfs" or "ramfs")
        {
            Progress.Say($"{folder} is in memory ({kind}), where a sync costs nothing: give --folder on a disk.");
        }

        return kind;
    }

    /// <summary>Appends of 4 KiB, a sync after each, as a write-ahead log does. Null where there is no fdatasync.</summary>
    private static double? SyncMicroseconds(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        string path = Path.Combine(folder, "sync-probe");
        byte[] page = new byte[4096];
        List<double> took = [];
        using (SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            for (int i = 0; i < Times; i++)
            {
                RandomAccess.Write(file, page, (long)i * page.Length);
                long began = Stopwatch.GetTimestamp();
                if (NativeSync((int)file.DangerousGetHandle()) != 0)
                {
                    throw new IOException($"fdatasync failed on {path}: {Marshal.GetLastPInvokeErrorMessage()}");
                }

                took.Add(Latencies.Since(began) * 1000);
            }
        }

        File.Delete(path);
        return Math.Round(Latencies.Of(took).P50, 1);
    }

#pragma warning disable SYSLIB1054 // Two integers: nothing to generate, and generated code would need unsafe blocks.
    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeSync(int descriptor);
#pragma warning restore SYSLIB1054
}
