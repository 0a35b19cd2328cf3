namespace Orchestrator.Engine;

/// <summary>Where the engine's work runs: the system's threads, or one thread in an order that a test's seed gives. All time comes from the engine's <see cref="TimeProvider"/>.</summary>
internal interface IEngineScheduler
{
    /// <summary>Runs it soon, beside other work: orchestrators' turns and activities.</summary>
    void Queue(IThreadPoolWorkItem work);

    /// <summary>The worker that writes. It runs <paramref name="write"/> after each signal, signals that come together once, and never twice at a time.</summary>
    IWriterWorker StartWriter(Action write);
}

internal interface IWriterWorker
{
    void Signal();

    /// <summary>Runs what was signalled and ends.</summary>
    void Stop();
}
