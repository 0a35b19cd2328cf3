using Microsoft.Extensions.Logging;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Retention;

/// <summary>Purges what is older than <see cref="EngineOptions.Retention"/>: at start and every hour, a few rows per write, so that nobody waits for it.</summary>
internal sealed partial class RetentionSweep : IAsyncDisposable
{
    private const int Batch = 64;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private readonly EngineParts _parts;
    private readonly TimeSpan _keep;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private Task _sweep = Task.CompletedTask;

    private RetentionSweep(EngineParts parts, TimeSpan keep)
    {
        (_parts, _keep) = (parts, keep);
        _logger = parts.Loggers.CreateLogger<RetentionSweep>();
        _timer = parts.Clock.CreateTimer(_ => Begin(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Null when everything is kept.</summary>
    public static RetentionSweep? Start(EngineParts parts)
    {
        if (parts.Options.Retention is not { } keep)
        {
            return null;
        }

        RetentionSweep sweep = new(parts, keep);
        sweep.Begin();
        return sweep;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        Task last;
        lock (_gate)
        {
            last = _sweep;
        }

        await _timer.DisposeAsync();
        await last;
        _closing.Dispose();
    }

    private void Begin()
    {
        lock (_gate)
        {
            if (!_closing.IsCancellationRequested)
            {
                _sweep = Task.Run(SweepAsync);
            }
        }
    }

    private async Task SweepAsync()
    {
        try
        {
            DateTimeOffset before = _parts.Clock.GetUtcNow() - _keep;
            int instances = await PurgeEndedAsync(before);
            int rows = await EraseOldRunsAsync(before);
            if (instances + rows > 0)
            {
                LogSwept(_logger, instances, rows, _keep);
            }
        }
        catch (OperationCanceledException)
        {
            // The engine stops; the next start goes on.
        }
        catch (TaskHubFullException full)
        {
            LogLater(_logger, full);
        }
        catch (TaskHubStoppedException)
        {
            // Said where it stopped.
        }
#pragma warning disable CA1031 // Nobody awaits this: a hub that cannot be swept now is swept later.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogLater(_logger, failure);
        }
        finally
        {
            lock (_gate)
            {
                if (!_closing.IsCancellationRequested)
                {
                    _timer.Change(Pause, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }

    private async Task<int> PurgeEndedAsync(DateTimeOffset before)
    {
        int purged = 0;
        long after = 0;
        while (_parts.Reader.EndedBefore(before, after, Batch) is { Count: > 0 } ended)
        {
            purged += await _parts.PurgeAsync([.. ended.Select(end => end.Key)], _closing.Token);
            after = ended[^1].EndPosition;
        }

        return purged;
    }

    private async Task<int> EraseOldRunsAsync(DateTimeOffset before)
    {
        int rows = 0;
        foreach ((long key, long runEnd) in _parts.Reader.RunsEndedBefore(before))
        {
            int erased;
            do
            {
                erased = await _parts.Writer.Ask(new EraseOldRuns(key, runEnd), _closing.Token);
                rows += erased;
            }
            while (erased > 0);
        }

        return rows;
    }

    [LoggerMessage(50, LogLevel.Information, "Retention: {Instances} ended instances were purged and {Rows} rows of ended runs emptied, all older than {Keep}.")]
    private static partial void LogSwept(ILogger logger, int instances, int rows, TimeSpan keep);

    [LoggerMessage(51, LogLevel.Warning, "Retention could not purge now and tries again within the hour.")]
    private static partial void LogLater(ILogger logger, Exception failure);
}
