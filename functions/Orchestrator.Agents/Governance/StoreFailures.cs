namespace Orchestrator.Agents.Governance;

/// <summary>
/// A store of ours did not do what was asked: nothing of it was acknowledged. It passes by itself or once somebody has mended it, so what needs the store waits.
/// The message is for people and for history: which store and what to do, nothing personal. Stores behind a network throw <see cref="TransientFailureException"/> instead.
/// </summary>
public abstract class StoreFailureException(string message, Exception? inner) : Exception(message, inner);

/// <summary>The store did not answer, is locked, or stopped because it could not be sure of its disk.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : StoreFailureException(message, inner);

/// <summary>There is no room left.</summary>
public sealed class StoreFullException(string message, Exception? inner = null) : StoreFailureException(message, inner);
