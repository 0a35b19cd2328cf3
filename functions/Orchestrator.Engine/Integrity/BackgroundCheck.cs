using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Integrity;

/// <summary>Looks at all of a hub that was too large to be looked at before the start, at half of a processor's time. Damage stops the engine.</summary>
internal sealed partial class BackgroundCheck : IDisposable
{
    private readonly EngineParts _parts;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private long _resumed = Stopwatch.GetTimestamp();

    private BackgroundCheck(EngineParts parts)
    {
        _parts = parts;
        _thread = new Thread(Run) { IsBackground = true, Name = "task hub check" };
    }

    public static BackgroundCheck Start(EngineParts parts)
    {
        BackgroundCheck check = new(parts);
        check._thread.Start();
        return check;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        ILogger logger = _parts.Loggers.CreateLogger<BackgroundCheck>();
        try
        {
            IntegrityCheck check = new(read => _parts.Reader.Read(connection =>
            {
                read(connection);
                return true;
            }))
            {
                AfterPage = Pause,
            };
            IntegrityReport report = check.All(_stop.Token).Report;
            if (report.IsIntact)
            {
                LogIntact(logger, _parts.File.Path, report.Finding);
            }
            else
            {
                _parts.Stop(new TaskHubDamagedException(_parts.File.Path, report));
            }
        }
        catch (OperationCanceledException)
        {
        }
#pragma warning disable CA1031 // A hub that cannot be read is none to go on with.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _parts.Stop(failure);
        }
    }

    private void Pause()
    {
        _stop.Token.WaitHandle.WaitOne(Stopwatch.GetElapsedTime(_resumed));
        _resumed = Stopwatch.GetTimestamp();
    }

    [LoggerMessage(60, LogLevel.Information, "All of task hub {Path} was looked at. {Finding}")]
    private static partial void LogIntact(ILogger logger, string path, string finding);
}
