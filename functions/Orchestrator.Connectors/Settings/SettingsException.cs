namespace Orchestrator.Connectors.Settings;

/// <summary>A setting is wrong, or several are: then each has a line of its own. The message says which and how to mend it; it never holds a secret.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
