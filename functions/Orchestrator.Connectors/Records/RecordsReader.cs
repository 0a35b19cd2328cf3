using Microsoft.Data.Sqlite;

namespace Orchestrator.Connectors.Records;

/// <summary>Reads through read-only connections that are kept between reads. Reads are short, so that none holds the write-ahead log open.</summary>
internal sealed class RecordsReader(string path) : IDisposable
{
    private readonly System.Collections.Concurrent.ConcurrentBag<RecordsConnection> _idle = [];
    private volatile bool _disposed;

    public IReadOnlyList<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        RecordsConnection? connection = null;
        try
        {
            if (!_idle.TryTake(out connection))
            {
                connection = Open();
            }

            IReadOnlyList<T> rows = connection.Query(sql, read, parameters);
            _idle.Add(connection);
            return rows;
        }
        catch (SqliteException exception) when (RecordsFailures.OfReading(exception) is { } failure)
        {
            connection?.Dispose();
            throw failure;
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>The first row, or null.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : class => Query(sql, read, parameters) is [var first, ..] ? first : null;

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out RecordsConnection? connection))
        {
            connection.Dispose();
        }
    }

    private RecordsConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 5 }.ToString());
        connection.Open();
        return new(connection);
    }
}
