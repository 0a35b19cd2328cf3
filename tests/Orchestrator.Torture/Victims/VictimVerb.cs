using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Engine;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Torture.Victims;

/// <summary>The process that gets killed: a real engine on a real file, driven line by line by its parent.</summary>
internal static class VictimVerb
{
    public const string Name = "victim";

    /// <summary>Exit code of one that did not get the file.</summary>
    public const int Refused = 3;

    public static Command Create()
    {
        Command command = VictimOptions.Describe(new Command(Name, "Runs an engine that is to be killed.") { Hidden = true });
        command.SetAction((parsed, _) => RunAsync(VictimOptions.Read(parsed)));
        return command;
    }

    private static async Task<int> RunAsync(VictimOptions options)
    {
        using Answers answers = new();
        using VictimTasks tasks = new(options);
        int met = 0;
        EngineOptions engineOptions = new(options.HubPath)
        {
            MaxResidentInstances = options.MaxResidentInstances,
            MaxConcurrentActivities = options.MaxConcurrentActivities,
            MaxCrashesPerActivity = options.MaxCrashesPerActivity,
            AtCrashPoint = options.CrashPoint is not { } fatal ? null : (point, _, _) =>
            {
                if (point == fatal.ToString() && Interlocked.Increment(ref met) == options.CrashTime)
                {
                    Die();
                }
            },
        };
        await using DurableEngine engine = new(engineOptions, tasks.Registry, new NoServices(), TimeProvider.System, NullLoggerFactory.Instance);
        long began = Stopwatch.GetTimestamp();
        try
        {
            await engine.StartAsync(CancellationToken.None);
        }
        catch (TaskHubInUseException refused)
        {
            answers.Say($"refused {Elapsed(began)} {refused.Message}");
            return Refused;
        }

        answers.Say($"ready {Elapsed(began)}");
        await new VictimLoop(engine, tasks, answers).RunAsync();
        return 0;
    }

    /// <summary>As by kill -9: nothing of the process runs any more.</summary>
    public static void Die()
    {
        using Process self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    private static string Elapsed(long since) => Stopwatch.GetElapsedTime(since).TotalMilliseconds.ToString("F0", System.Globalization.CultureInfo.InvariantCulture);

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
