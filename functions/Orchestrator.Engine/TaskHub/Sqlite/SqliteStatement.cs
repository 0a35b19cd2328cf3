using SQLitePCL;

namespace Orchestrator.Engine.TaskHub.Sqlite;

/// <summary>A prepared statement: bind by position from 1, step, read by column from 0, reset. Its connection closes it, unless <see cref="Close"/> came first.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt statement)
{
    public SqliteStatement Bind(int index, long value)
    {
        database.Check(raw.sqlite3_bind_int64(statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, long? value)
    {
        database.Check(value is { } some ? raw.sqlite3_bind_int64(statement, index, some) : raw.sqlite3_bind_null(statement, index));
        return this;
    }

    public SqliteStatement Bind(int index, string? value)
    {
        database.Check(value is null ? raw.sqlite3_bind_null(statement, index) : raw.sqlite3_bind_text(statement, index, value));
        return this;
    }

    /// <summary>A text that is in UTF-8 already, and not empty: an empty one would be taken for null.</summary>
    public SqliteStatement BindText(int index, ReadOnlySpan<byte> utf8)
    {
        database.Check(raw.sqlite3_bind_text(statement, index, utf8));
        return this;
    }

    public SqliteStatement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        database.Check(raw.sqlite3_bind_blob(statement, index, value));
        return this;
    }

    public bool Step()
    {
        int code = raw.sqlite3_step(statement);
        database.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs to the end and is ready for the next use. Gives the number of rows changed.</summary>
    public int Run()
    {
        try
        {
            while (Step())
            {
            }

            return database.Changes;
        }
        finally
        {
            Reset();
        }
    }

    public void Reset() => _ = raw.sqlite3_reset(statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    public int? Int32OrNull(int column) => IsNull(column) ? null : raw.sqlite3_column_int(statement, column);

    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    public void Close()
    {
        database.Forget(this);
        statement.Dispose();
    }
}
