using System.Security.Cryptography;
using System.Text.Json;
using Orchestrator.Engine.Reading;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Integrity;

/// <summary>Walks history row by row along the hash chain. Past a damaged row it goes on from the hash that stands there, so that each damage is found by itself.</summary>
internal sealed class ChainWalk(long after, byte[] hash)
{
    public const int MaxDamage = 1_000;
    public const int PageSize = 2_000;

    private const string Page = $"SELECT {HistoryColumns.Names}, digest, hash FROM history WHERE position > ? AND position <= ? ORDER BY position LIMIT ?";

    private readonly byte[] _digest = new byte[HashChain.Size];
    private readonly byte[] _hash = [.. hash];
    private readonly byte[] _computed = new byte[HashChain.Size];
    private bool _afterDamage;

    public long Position { get; private set; } = after;

    public long Rows { get; private set; }

    public List<Damage> Damage { get; } = [];

    public List<(long Position, DateTimeOffset Time, AcceptanceNote Note)> Acceptances { get; } = [];

    /// <summary>So much is wrong that the rest does not matter.</summary>
    public bool IsGivenUp => Damage.Count >= MaxDamage;

    /// <summary>The next rows. Positions are those of the hub's head.</summary>
    /// <returns>False when there are no more.</returns>
    public bool Read(ReaderConnection connection, long head, Action<long, HistoryKind>? seen = null)
    {
        long before = Rows;
        SqliteStatement rows = connection.Prepare(Page).Bind(1, Position).Bind(2, head).Bind(3, PageSize);
        try
        {
            while (!IsGivenUp && rows.Step())
            {
                Take(rows);
                seen?.Invoke(rows.Int64(1), (HistoryKind)rows.Int64(2));
            }
        }
        finally
        {
            rows.Reset();
        }

        return Rows > before && Position < head && !IsGivenUp;
    }

    /// <summary>Compares where the walk ended with what the hub says of itself.</summary>
    public void Finish(HubHead head, long last)
    {
        if (IsGivenUp)
        {
            return;
        }

        if (Position < head.Position)
        {
            Missing(Position + 1, head.Position);
        }
        else if (last > head.Position)
        {
            Damage.Add(new Damage(DamageKind.Head, head.Position + 1, last, $"History has rows behind the recorded head, row {head.Position}.", $"{head.Position}"));
        }
        else if (!_hash.AsSpan().SequenceEqual(head.Hash))
        {
            Damage.Add(new Damage(DamageKind.Head, head.Position, head.Position, $"The recorded head of history, row {head.Position}, does not agree with its rows.", Convert.ToHexString(head.Hash)));
        }
    }

    private void Take(SqliteStatement row)
    {
        long position = row.Int64(0);
        if (row.IsNull(8) || row.Blob(8).Length != HashChain.Size)
        {
            HashChain.Digest(row, _digest);
        }
        else
        {
            row.Blob(8).CopyTo(_digest);
        }

        ReadOnlySpan<byte> stored = row.Blob(9);
        if (position != Position + 1)
        {
            Missing(Position + 1, position - 1);
        }
        else if (!Links(stored))
        {
            Changed(row, position, stored);
        }
        else
        {
            _afterDamage = false;
            Note(row, position);
        }

        if (stored.Length == HashChain.Size)
        {
            stored.CopyTo(_hash);
        }

        Position = position;
        Rows++;
    }

    /// <summary>After a damaged row either its content or its hash was changed, so the row behind it links to the hash that stands there or to the one that should.</summary>
    private bool Links(ReadOnlySpan<byte> stored)
    {
        Span<byte> fromComputed = stackalloc byte[HashChain.Size];
        HashChain.Link(_computed, _digest, fromComputed);
        HashChain.Link(_hash, _digest, _computed);
        return stored.SequenceEqual(_computed) || (_afterDamage && stored.SequenceEqual(fromComputed));
    }

    private void Missing(long from, long to)
    {
        string what = from == to ? $"row {from} is missing" : $"rows {from} to {to} are missing";
        Damage.Add(new Damage(DamageKind.Missing, from, to, $"History is damaged: {what}.") { Unnamed = to - from + 1 });
    }

    private void Changed(SqliteStatement row, long position, ReadOnlySpan<byte> stored)
    {
        byte[] seal = SHA256.HashData([.. _digest, .. stored]);
        _afterDamage = true;
        Damage.Add(new Damage(DamageKind.Changed, position, position, $"History is damaged: row {position} was changed.", Convert.ToHexString(seal, 0, 16))
        {
            Instance = row.Int64(1),
            Step = (HistoryKind)row.Int64(2),
        });
    }

    private void Note(SqliteStatement row, long position)
    {
        if ((HistoryKind)row.Int64(2) is HistoryKind.DamageAccepted && row.TextOrNull(6) is { } note)
        {
            Acceptances.Add((position, new DateTimeOffset(row.Int64(3), TimeSpan.Zero), JsonSerializer.Deserialize(note, IntegrityJson.Default.AcceptanceNote)!));
        }
    }
}
