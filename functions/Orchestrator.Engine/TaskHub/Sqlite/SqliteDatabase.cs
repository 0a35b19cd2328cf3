using SQLitePCL;

namespace Orchestrator.Engine.TaskHub.Sqlite;

/// <summary>One connection. Bound directly to SQLite's C interface: an append costs about a microsecond here and several through ADO.NET.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private static readonly Lazy<bool> Native = new(() =>
    {
        Batteries_V2.Init();
        return true;
    });

    private const int PagesAtOnce = 256;

    private readonly sqlite3 _handle;
    private readonly HashSet<SqliteStatement> _prepared = [];

    private SqliteDatabase(sqlite3 handle) => _handle = handle;

    public int Changes => raw.sqlite3_changes(_handle);

    public static SqliteDatabase OpenForWriting(string path, string? vfs = null) =>
        Open(path, vfs, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX);

    public static SqliteDatabase OpenForReading(string path, string? vfs = null)
    {
        SqliteDatabase database = Open(path, vfs, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX);
        database.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = 1;");
        return database;
    }

    /// <summary>Whether closing leaves the write-ahead log as it is; otherwise the last connection folds it into the file and deletes it.</summary>
    public void KeepLog(bool keep) => Check(raw.sqlite3_db_config(_handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, out _));

    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out sqlite3_stmt statement));
        SqliteStatement prepared = new(this, statement);
        _prepared.Add(prepared);
        return prepared;
    }

    /// <summary>Copies one state of this database over all of another (https://www.sqlite.org/backup.html), while others write to this one.</summary>
    public void CopyTo(SqliteDatabase target, CancellationToken cancellationToken)
    {
        // The open read keeps the state still; without it each foreign commit would begin the copy anew.
        Execute("BEGIN");
        try
        {
            Scalar("SELECT count(*) FROM sqlite_master");
            using sqlite3_backup backup = raw.sqlite3_backup_init(target._handle, "main", _handle, "main")
                ?? throw new SqliteFailure(raw.sqlite3_extended_errcode(target._handle), raw.sqlite3_errmsg(target._handle).utf8_to_string());
            int code;
            while ((code = raw.sqlite3_backup_step(backup, PagesAtOnce)) == raw.SQLITE_OK)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (code != raw.SQLITE_DONE)
            {
                throw new SqliteFailure(code, raw.sqlite3_errstr(code).utf8_to_string());
            }
        }
        finally
        {
            Execute("COMMIT");
        }
    }

    public long Scalar(string sql)
    {
        SqliteStatement statement = Prepare(sql);
        try
        {
            return statement.Step() ? statement.Int64(0) : 0;
        }
        finally
        {
            statement.Close();
        }
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteFailure(raw.sqlite3_extended_errcode(_handle), raw.sqlite3_errmsg(_handle).utf8_to_string());
        }
    }

    public void Forget(SqliteStatement statement) => _prepared.Remove(statement);

    public void Dispose()
    {
        foreach (SqliteStatement statement in _prepared.ToArray())
        {
            statement.Close();
        }

        _handle.Dispose();
    }

    private static SqliteDatabase Open(string path, string? vfs, int flags)
    {
        _ = Native.Value;
        int code = raw.sqlite3_open_v2(path, out sqlite3 handle, flags, vfs);
        SqliteDatabase database = new(handle);
        try
        {
            database.Check(code);
            raw.sqlite3_busy_timeout(handle, 5_000);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
