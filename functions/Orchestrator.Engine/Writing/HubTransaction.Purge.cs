using System.Diagnostics.CodeAnalysis;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Writing;

/// <summary>Takes content out. Each row's digest stays in its place, so the chain still verifies.</summary>
internal sealed partial class HubTransaction
{
    private SqliteStatement _erase, _forgetEvents, _forgetEvent, _delete, _rowsUpTo;

    /// <summary>Deletes an instance; gives the number of rows it had.</summary>
    public int Purge(long key)
    {
        int erased = Erase(RowsAfter(key, 0));
        _lastPositions.Remove(key);
        _forgetEvents.Bind(1, key).Run();
        ForgetBusinessIds(key);
        _delete.Bind(1, key).Run();
        return erased;
    }

    /// <summary>Takes the content of an instance's oldest rows, up to a position; gives how many there were.</summary>
    public int EraseUpTo(long key, long position, int most)
    {
        List<HistoryRow> rows = [];
        _rowsUpTo.Bind(1, key).Bind(2, position).Bind(3, (long)most);
        while (_rowsUpTo.Step())
        {
            rows.Add(HistoryColumns.Read(_rowsUpTo));
        }

        _rowsUpTo.Reset();
        foreach (HistoryRow received in rows.Where(row => row is { Kind: HistoryKind.EventRaised, Reference: not null }))
        {
            _forgetEvent.Bind(1, key).Bind(2, received.Reference).Run();
        }

        return Erase(rows);
    }

    private int Erase(IReadOnlyList<HistoryRow> rows)
    {
        Span<byte> digest = stackalloc byte[HashChain.Size];
        foreach (HistoryRow row in rows)
        {
            HashChain.Digest(row, digest);
            _erase.Bind(1, row.Position).BindBlob(2, digest).Run();
        }

        return rows.Count;
    }

    [MemberNotNull(nameof(_erase), nameof(_forgetEvents), nameof(_forgetEvent), nameof(_delete), nameof(_rowsUpTo))]
    private void PreparePurge()
    {
        _erase = Prepare("UPDATE history SET instance = NULL, task_id = NULL, name = NULL, payload = NULL, reference = NULL, digest = ?2 WHERE position = ?1");
        _forgetEvents = Prepare("DELETE FROM received_events WHERE instance = ?");
        _forgetEvent = Prepare("DELETE FROM received_events WHERE instance = ? AND event_id = ?");
        _delete = Prepare("DELETE FROM instances WHERE key = ?");
        _rowsUpTo = Prepare($"SELECT {HistoryColumns.Names} FROM history WHERE instance = ? AND position <= ? ORDER BY position LIMIT ?");
    }
}
