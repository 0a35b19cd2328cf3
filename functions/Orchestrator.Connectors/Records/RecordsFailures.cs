using Microsoft.Data.Sqlite;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Records;

/// <summary>What SQLite answered (sqlite.org/rescode.html) in the words in which the stores fail.</summary>
internal static class RecordsFailures
{
    public const int IoError = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int CannotOpen = 14;

    public static StoreFailureException OfWriting(Exception exception) => exception is SqliteException { SqliteErrorCode: Full }
        ? new StoreFullException("The disk under the records is full. Free space on it; nothing of this change was acknowledged, and what waits for it goes on by itself.", exception)
        : new StoreUnavailableException($"The records could not be written: {exception.Message}. Check the disk; nothing of this change was acknowledged.", exception);

    /// <summary>Null when it is no failure of the store but a bug.</summary>
    public static StoreUnavailableException? OfReading(SqliteException exception) => exception.SqliteErrorCode is Busy or Locked or IoError or CannotOpen
        ? new StoreUnavailableException($"The records could not be read: {exception.Message}. Check the disk.", exception)
        : null;
}
