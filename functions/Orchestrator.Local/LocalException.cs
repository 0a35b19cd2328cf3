namespace Orchestrator.Local;

/// <summary>Something that the person at the keyboard can mend. The message is all they are shown, so it says what failed and what to do next.</summary>
internal sealed class LocalException(string message, Exception? inner = null, int exitCode = ExitCodes.Error) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
