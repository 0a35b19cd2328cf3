using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Reading;

/// <summary>A read-only connection with its prepared statements.</summary>
/// <param name="owned">Whether the connection is closed with this.</param>
internal sealed class ReaderConnection(SqliteDatabase database, bool owned = true) : IDisposable
{
    private const int MaxPrepared = 32;

    private readonly Dictionary<string, SqliteStatement> _prepared = new(StringComparer.Ordinal);

    public SqliteStatement Prepare(string sql)
    {
        if (!_prepared.TryGetValue(sql, out SqliteStatement? statement))
        {
            if (_prepared.Count == MaxPrepared)
            {
                Forget();
            }

            _prepared.Add(sql, statement = database.Prepare(sql));
        }

        return statement;
    }

    public static List<T> List<T>(SqliteStatement bound, Func<SqliteStatement, T> read)
    {
        List<T> rows = [];
        try
        {
            while (bound.Step())
            {
                rows.Add(read(bound));
            }
        }
        finally
        {
            bound.Reset();
        }

        return rows;
    }

    public T Use<T>(Func<SqliteDatabase, T> use) => use(database);

    /// <summary>Several reads of one state.</summary>
    public T Snapshot<T>(Func<ReaderConnection, T> read)
    {
        Prepare("BEGIN").Run();
        try
        {
            return read(this);
        }
        finally
        {
            Prepare("COMMIT").Run();
        }
    }

    public void Dispose()
    {
        Forget();
        if (owned)
        {
            database.Dispose();
        }
    }

    private void Forget()
    {
        foreach (SqliteStatement statement in _prepared.Values)
        {
            statement.Close();
        }

        _prepared.Clear();
    }
}
