using System.Security.Cryptography;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Writing;

/// <summary>What a unit may do to the store. Lives on the writer's thread; the hash chain grows here and nowhere else.</summary>
internal sealed partial class HubTransaction : IDisposable
{
    private const int MaxKnown = 100_000;

    private readonly SqliteDatabase _database;
    private readonly Witness? _witness;
    private readonly SqliteStatement _begin, _commit, _rollback, _head, _append;
    private long _position, _committedPosition;
    private readonly byte[] _hash, _committedHash;
    private byte[] _content = new byte[4_096];

    // One for all rows: made anew for each it takes half as long again.
    private readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // Newest rows of the instances that this process has written lately; the store knows the others.
    private readonly Dictionary<long, long> _lastPositions = [];
    private long _commits;
    private long _nextKey;
    private DateTimeOffset _now;

    /// <param name="witness">Null where the caller makes a new one afterwards.</param>
    public HubTransaction(SqliteDatabase database, Witness? witness)
    {
        _database = database;
        _witness = witness;
        SqliteStatement head = database.Prepare("SELECT head_position, head_hash, commits FROM hub");
        head.Step();
        _position = _committedPosition = head.Int64(0);
        _hash = head.Blob(1).ToArray();
        _committedHash = [.. _hash];
        _commits = head.Int64(2);
        head.Close();
        _nextKey = database.Scalar("SELECT max(ifnull(max(key), 0), ifnull(max(parent), 0)) FROM instances") + 1;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _head = Prepare("UPDATE hub SET head_position = ?, head_hash = ?, commits = ?");
        _append = Prepare("INSERT INTO history (position, instance, kind, time, task_id, name, payload, reference, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        PrepareInstances();
        PrepareCustomStatus();
        PreparePurge();
    }

    /// <summary>Position that the next row will have.</summary>
    public long NextPosition => _position + 1;

    public void Begin(DateTimeOffset now)
    {
        _now = now;
        _witness?.Begin();
        _begin.Run();
    }

    /// <summary>Goes on from another head than the recorded one, which is damaged.</summary>
    public void GoOnFrom(HubHead head)
    {
        (_position, _commits) = (head.Position, head.Commits);
        head.Hash.CopyTo(_hash, 0);
    }

    public void SealHead()
    {
        if (_position != _committedPosition)
        {
            _head.Bind(1, _position).BindBlob(2, _hash).Bind(3, _commits + 1).Run();
        }
    }

    public void Commit()
    {
        _commit.Run();
    }

    /// <summary>The mark outside the store, once the store has synced and before anybody is told.</summary>
    public void CommitWitness()
    {
        if (_position != _committedPosition)
        {
            _commits++;
            _witness?.Commit(new WitnessMark(_commits, _position, _hash));
        }

        _committedPosition = _position;
        _hash.CopyTo(_committedHash, 0);
    }

    public void Rollback()
    {
        _position = _committedPosition;
        _committedHash.CopyTo(_hash, 0);
        _lastPositions.Clear();
        try
        {
            _rollback.Run();
        }
        catch (SqliteFailure)
        {
            // SQLite has rolled back by itself, as it does on a full disk.
        }
    }

    public HistoryRow Append(long instance, HistoryKind kind, int? taskId = null, string? name = null, string? payload = null, string? reference = null)
    {
        HistoryRow row = new(_position + 1, instance, kind, _now, taskId, name, payload, reference);
        Add(row);
        return row;
    }

    /// <summary>Gives a row that has no place yet the next one.</summary>
    public long Append(HistoryRow row)
    {
        Add(row with { Position = _position + 1 });
        return _position;
    }

    private void Add(HistoryRow row)
    {
        if (_content.Length < HashChain.MaxLength(row))
        {
            _content = new byte[Math.Max(2 * _content.Length, HashChain.MaxLength(row))];
        }

        // Encoded once, for the digest and for the store.
        EncodedRow texts = HashChain.Encode(row, _content);
        Span<byte> digest = stackalloc byte[HashChain.Size];
        Span<byte> hash = stackalloc byte[HashChain.Size];
        _sha.AppendData(_content, 0, texts.End);
        _sha.GetHashAndReset(digest);
        _sha.AppendData(_hash);
        _sha.AppendData(digest);
        _sha.GetHashAndReset(hash);
        _append.Bind(1, row.Position).Bind(2, row.Instance).Bind(3, (long)row.Kind).Bind(4, row.Time.UtcTicks).Bind(5, (long?)row.TaskId);
        BindText(6, row.Name, texts.Name);
        BindText(7, row.Payload, texts.Payload);
        BindText(8, row.Reference, texts.Reference);
        _append.BindBlob(9, hash).Run();
        _position = row.Position;
        hash.CopyTo(_hash);
        _witness?.Note(row);
        Know(row.Instance, row.Position);
    }

    private void Know(long instance, long position)
    {
        if (_lastPositions.Count == MaxKnown)
        {
            _lastPositions.Clear();
        }

        _lastPositions[instance] = position;
    }

    private void BindText(int index, string? text, Range encoded) =>
        _ = text is { Length: > 0 } ? _append.BindText(index, _content.AsSpan(encoded)) : _append.Bind(index, text);

    public void Dispose() => _sha.Dispose();

    private SqliteStatement Prepare(string sql) => _database.Prepare(sql);
}
