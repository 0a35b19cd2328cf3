namespace Orchestrator.Connectors.Records;

internal static class RecordsAccess
{
    /// <exception cref="RecordsException">The records were opened for reading only.</exception>
    public static RecordsWriter Writable(RecordsWriter? writer) =>
        writer ?? throw new RecordsException("The records were opened for reading only.");
}
