namespace Orchestrator.Connectors.Records;

/// <summary>The records can't be opened or written. The message says which file, what is wrong and what to do.</summary>
public sealed class RecordsException(string message, Exception? inner = null) : Exception(message, inner);
