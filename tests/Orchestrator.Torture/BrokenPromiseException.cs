namespace Orchestrator.Torture;

/// <summary>The engine did not keep what it promises.</summary>
internal sealed class BrokenPromiseException(string what, Exception? inner = null) : Exception(what, inner);
