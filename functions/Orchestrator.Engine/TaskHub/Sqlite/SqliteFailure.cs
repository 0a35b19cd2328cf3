using SQLitePCL;

namespace Orchestrator.Engine.TaskHub.Sqlite;

/// <summary>SQLite refused. The code is the extended one of https://www.sqlite.org/rescode.html.</summary>
#pragma warning disable CA1064 // It never leaves the engine: callers see the task hub's own errors.
internal sealed class SqliteFailure(int code, string message) : Exception($"SQLite error {code}: {message}")
#pragma warning restore CA1064
{
    private const int ShortRead = 522;

    public int Code { get; } = code;

    public bool IsDiskFull => (Code & 0xFF) == raw.SQLITE_FULL;

    /// <summary>The file is not what SQLite wrote: said outright, or by tables, columns or values that cannot be.</summary>
    public bool IsDamage => Code == ShortRead || (Code & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_ERROR or raw.SQLITE_TOOBIG or raw.SQLITE_FORMAT;
}
