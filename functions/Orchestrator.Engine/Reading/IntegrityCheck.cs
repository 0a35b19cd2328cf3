using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Reading;

/// <summary>Walks the hash chain in pages, so that a long check holds no snapshot that keeps the log from being checkpointed.</summary>
internal static class IntegrityCheck
{
    private const int PageSize = 5_000;

    public static IntegrityReport Run(HubReader reader, CancellationToken cancellationToken)
    {
        (long head, byte[] headHash) = reader.Read(connection => ReaderConnection.List(
            connection.Prepare("SELECT head_position, head_hash FROM hub"), row => (row.Int64(0), row.Blob(1).ToArray())).Single());
        long position = 0;
        byte[] hash = HashChain.Origin;
        while (position < head)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<ChainedRow> page = Page(reader, position, head);
            foreach (ChainedRow row in page)
            {
                if (row.Position != position + 1)
                {
                    return Damaged(position, "is missing");
                }

                byte[] next = HashChain.Link(hash, row.Digest);
                if (!next.AsSpan().SequenceEqual(row.Hash))
                {
                    return Damaged(position, "was changed");
                }

                (position, hash) = (row.Position, next);
            }

            if (page.Count == 0)
            {
                return Damaged(position, "is missing");
            }
        }

        return hash.AsSpan().SequenceEqual(headHash)
            ? new IntegrityReport(true, position, null, $"History is intact: {position:N0} rows.")
            : Damaged(position - 1, "does not agree with the recorded head");
    }

    private static IntegrityReport Damaged(long intact, string what) =>
        new(false, intact, intact + 1, $"History is damaged: row {intact + 1} {what}. The {intact:N0} rows before it are intact.");

    private static List<ChainedRow> Page(HubReader reader, long after, long head) => reader.Read(connection =>
    {
        SqliteStatement statement = connection.Prepare(
            $"SELECT {HistoryColumns.Names}, digest, hash FROM history WHERE position > ? AND position <= ? ORDER BY position LIMIT {PageSize}");
        return ReaderConnection.List(statement.Bind(1, after).Bind(2, head), Read);
    });

    private static ChainedRow Read(SqliteStatement row)
    {
        byte[] digest = new byte[HashChain.Size];
        if (row.IsNull(8))
        {
            HashChain.Digest(HistoryColumns.Read(row), digest);
        }
        else
        {
            row.Blob(8).CopyTo(digest);
        }

        return new ChainedRow(row.Int64(0), digest, row.Blob(9).ToArray());
    }

    private sealed record ChainedRow(long Position, byte[] Digest, byte[] Hash);
}
