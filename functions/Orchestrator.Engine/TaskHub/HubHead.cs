using Orchestrator.Engine.Reading;

namespace Orchestrator.Engine.TaskHub;

/// <summary>What the hub's own row says of it.</summary>
/// <param name="Position">Of the last row of history.</param>
/// <param name="Hash">Of the last row of history.</param>
/// <param name="HubId">Given when the hub was made; null in files of schema version 1.</param>
/// <param name="Commits">How many commits wrote history, since that is counted.</param>
/// <param name="IsWitnessed">Its witness was made, so that a missing one is a finding.</param>
internal sealed record HubHead(long Position, byte[] Hash, byte[]? HubId, long Commits, bool IsWitnessed)
{
    public WitnessMark Mark => new(Commits, Position, Hash);

    /// <summary>Null when the row is missing.</summary>
    public static HubHead? Read(ReaderConnection connection)
    {
        // Files of version 1 have the first two columns.
        int columns = (int)ReaderConnection.List(connection.Prepare("SELECT count(*) FROM pragma_table_info('hub')"), row => row.Int64(0)).Single();
        string more = columns > 3 ? "hub_id, commits, witnessed" : "NULL, 0, 0";
        return ReaderConnection.List(
            connection.Prepare($"SELECT head_position, head_hash, {more} FROM hub"),
            row => new HubHead(row.Int64(0), row.Blob(1).ToArray(), row.IsNull(2) ? null : row.Blob(2).ToArray(), row.Int64(3), row.Int64(4) != 0)).SingleOrDefault();
    }
}
