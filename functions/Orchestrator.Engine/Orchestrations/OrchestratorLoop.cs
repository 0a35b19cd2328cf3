namespace Orchestrator.Engine.Orchestrations;

/// <summary>
/// The one logical thread an orchestrator runs on. Continuations run in the order in which they became ready, and only within a turn;
/// one that comes from any other thread betrays a task that is not the orchestrator's own.
/// </summary>
internal sealed class OrchestratorLoop(Action foreignTask) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private volatile int _thread = -1;

    public bool IsCurrent => Environment.CurrentManagedThreadId == _thread && ReferenceEquals(Current, this);

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _ready.Enqueue((d, state));
        }
        else
        {
            foreignTask();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Orchestrator code does not block on its own context.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs <paramref name="step"/> and all that it makes ready.</summary>
    public void Run<T>(Action<T> step, T state)
    {
        SynchronizationContext? outer = Current;
        SetSynchronizationContext(this);
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            step(state);
            while (_ready.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            _thread = -1;
            SetSynchronizationContext(outer);
        }
    }
}
