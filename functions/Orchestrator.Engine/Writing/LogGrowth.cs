using Microsoft.Extensions.Logging;

namespace Orchestrator.Engine.Writing;

/// <summary>
/// Watches SQLite's write-ahead log, which cannot be taken over into the file while a reader holds an old state of it open
/// (https://www.sqlite.org/wal.html#avoiding_excessively_large_wal_files), and alarms once each time it grows over the limit.
/// </summary>
internal sealed partial class LogGrowth(EngineParts parts, ILogger logger)
{
    // A commit is at most a few megabytes in practice, so the alarm is soon enough; a look costs a system call.
    private const int CommitsPerLook = 16;

    private readonly string _path = parts.File.LogPath;
    private int _commits;
    private bool _over;

    /// <summary>After each commit, on the writer's thread.</summary>
    public void Committed()
    {
        if (++_commits % CommitsPerLook == 0)
        {
            Look(parts.File.Disk.LengthOf(_path));
        }
    }

    private void Look(long size)
    {
        EngineTelemetry.LogSize.Record(size);
        bool over = size > parts.Options.LogAlarmBytes;
        if (over && !_over)
        {
            LogOver(logger, _path, size / 1_000_000.0);
        }
        else if (_over && !over)
        {
            LogUnder(logger, _path);
        }

        _over = over;
    }

    [LoggerMessage(2, LogLevel.Critical, "The log {Path} has grown to {Megabytes:F0} MB, because something that reads the task hub never ends: another program on the file, a backup, an open shell. End it. Until then the log takes more and more of the disk; nothing is lost.")]
    private static partial void LogOver(ILogger logger, string path, double megabytes);

    [LoggerMessage(3, LogLevel.Information, "The log {Path} is back to its size.")]
    private static partial void LogUnder(ILogger logger, string path);
}
