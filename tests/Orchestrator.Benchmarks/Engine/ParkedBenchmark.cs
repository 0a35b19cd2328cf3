using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>Many wait for their event; the process is killed with SIGKILL while they do; the next one takes the file over.</summary>
internal static class ParkedBenchmark
{
    public const string StartVerb = "parked-start";
    public const string RestartVerb = "parked-restart";

    private const string Parked = "parked";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task<Dictionary<string, object?>> MeasureAsync(int instances, string? under)
    {
        using Scratch scratch = new(under);
        Dictionary<string, object?> machine = Disk.Describe(scratch.Path);
        return Report(instances, await RunAsync(scratch.NewFolder(), instances), machine);
    }

    public static async Task<Restart> RunAsync(string folder, int instances)
    {
        string path = Path.Combine(folder, "hub.db");
        string count = instances.ToString(CultureInfo.InvariantCulture);
        Progress.Say($"parked: starting {count}");
        long began = Stopwatch.GetTimestamp();
        await using (ChildProcess starting = ChildProcess.Start(ChildRound.Assembly, [StartVerb, "--path", path, "--instances", count]))
        {
            await starting.WaitForLineAsync(line => line == Parked, Patience);
            await starting.KillAsync();
        }

        Progress.Say(string.Create(CultureInfo.InvariantCulture, $"parked: {count} wait after {Latencies.Since(began) / 1000:F1} s, killed; restarting"));
        await using ChildProcess restarting = ChildProcess.Start(ChildRound.Assembly, [RestartVerb, "--path", path, "--instances", count]);
        string line = await restarting.WaitForLineAsync(line => line.StartsWith('{'), Patience);
        await restarting.WaitForExitAsync(Patience);
        return JsonSerializer.Deserialize<Restart>(line, JsonSerializerOptions.Web)!;
    }

    /// <summary>In the first child: parks them and waits to be killed.</summary>
    public static async Task StartAsync(string path, int instances)
    {
        await using ShapeHub hub = new(path);
        await hub.OpenAsync();
        await Calls.AllAsync(0, instances, 256, hub.StartAsync, () => hub.WaitingAsync(instances));
        Console.WriteLine(Parked);
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>In the second child: opens the file and completes one that was long idle.</summary>
    public static async Task RestartAsync(string path, int instances)
    {
        await using ShapeHub hub = new(path);
        double open = SinceProcessStart();
        await hub.OpenAsync();
        double ready = SinceProcessStart();
        bool right = await hub.RaiseAndCompleteAsync(0);
        double completed = SinceProcessStart();
        Restart restart = new(ready, ready - open, completed, completed - ready, ProcessMemory.RssMb(collect: false), ProcessMemory.PeakMb(), FilesMb(path), right ? 0 : 1);
        Console.WriteLine(JsonSerializer.Serialize(restart, JsonSerializerOptions.Web));
    }

    private static Dictionary<string, object?> Report(int instances, Restart restart, Dictionary<string, object?> machine) => new()
    {
        ["instances"] = instances,
        ["ready_s"] = Latencies.Short(restart.Ready),
        ["open_s"] = Latencies.Short(restart.Open),
        ["first_completion_s"] = Latencies.Short(restart.FirstCompletion),
        ["first_completion_after_ready_s"] = Latencies.Short(restart.FirstCompletionAfterReady),
        ["rss_mb"] = restart.RssMb,
        ["rss_peak_mb"] = restart.RssPeakMb,
        ["file_mb"] = Latencies.Short(restart.FileMb),
        ["wrong_results"] = restart.WrongResults,
        ["machine"] = machine,
    };

    private static double FilesMb(string path) => new FileInfo(path).Directory!.GetFiles(Path.GetFileName(path) + "*").Sum(file => file.Length) / 1e6;

    private static double SinceProcessStart()
    {
        using Process self = Process.GetCurrentProcess();
        return (DateTime.Now - self.StartTime).TotalSeconds;
    }
}

/// <summary>Seconds and megabytes of the process that took the file over.</summary>
/// <param name="Ready">From the start of the process to the open hub, and <paramref name="Open"/> the hub's own part of it.</param>
/// <param name="FirstCompletion">From the start of the process to the completion of an instance whose event was raised as soon as the hub was open.</param>
/// <param name="RssMb">After that completion, nothing collected.</param>
internal sealed record Restart(double Ready, double Open, double FirstCompletion, double FirstCompletionAfterReady, double RssMb, double RssPeakMb, double FileMb, int WrongResults);
