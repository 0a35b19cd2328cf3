using System.Collections.Concurrent;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Reading;

/// <summary>Reads beside the writer, on read-only connections that are kept for the next reader.</summary>
internal sealed partial class HubReader(string path, string? vfs) : IDisposable
{
    private readonly ConcurrentBag<ReaderConnection> _free = [];
    private volatile bool _closed;

    public T Read<T>(Func<ReaderConnection, T> read)
    {
        if (_closed)
        {
            throw new TaskHubStoppedException(path);
        }

        if (!_free.TryTake(out ReaderConnection? connection))
        {
            connection = new ReaderConnection(SqliteDatabase.OpenForReading(path, vfs));
        }

        try
        {
            return read(connection);
        }
        finally
        {
            _free.Add(connection);
            if (_closed)
            {
                Dispose();
            }
        }
    }

    public InstanceRow? Find(string id) => Read(connection => ReaderConnection.List(
        connection.Prepare($"SELECT {InstanceColumns.Names} FROM instances WHERE id = ?").Bind(1, id), InstanceColumns.Read).SingleOrDefault());

    /// <summary>An instance and the rows of its current run.</summary>
    public StoredInstance? Load(long key) => Read(connection => connection.Snapshot(snapshot =>
    {
        InstanceRow? instance = ReaderConnection.List(
            snapshot.Prepare($"SELECT {InstanceColumns.Names} FROM instances WHERE key = ?").Bind(1, key), InstanceColumns.Read).SingleOrDefault();
        return instance is null ? null : new StoredInstance(instance, History(snapshot, instance));
    }));

    public StoredInstance? Load(string id) => Find(id) is { } instance ? Load(instance.Key) : null;

    /// <summary>Instances that were not parked: something of them may be under way.</summary>
    public IReadOnlyList<long> Awake() => Read(connection => ReaderConnection.List(
        connection.Prepare("SELECT key FROM instances WHERE status < 3 AND parked = 0 ORDER BY key"), row => row.Int64(0)));

    /// <summary>When parked instances are to be woken.</summary>
    public IReadOnlyList<(DateTimeOffset Wake, long Key)> Wakes() => Read(connection => ReaderConnection.List(
        connection.Prepare("SELECT wake, key FROM instances WHERE wake IS NOT NULL"), row => (new DateTimeOffset(row.Int64(0), TimeSpan.Zero), row.Int64(1))));

    public void Dispose()
    {
        _closed = true;
        while (_free.TryTake(out ReaderConnection? connection))
        {
            connection.Dispose();
        }
    }

    private static List<HistoryRow> History(ReaderConnection connection, InstanceRow instance) => ReaderConnection.List(
        connection.Prepare($"SELECT {HistoryColumns.Names} FROM history WHERE instance = ? AND position >= ? ORDER BY position")
            .Bind(1, instance.Key).Bind(2, instance.RunStart),
        HistoryColumns.Read);
}

internal sealed record StoredInstance(InstanceRow Instance, IReadOnlyList<HistoryRow> Rows);
