using Orchestrator.Engine;

namespace Orchestrator.Torture.Simulation;

/// <summary>What one process has to do: the engine's scheduler, and where the awaits of its code go on. Gone with the process.</summary>
internal sealed class SimulatedQueue(SimulatedWorld world, string name) : SynchronizationContext, IEngineScheduler
{
    public string Name => name;

    public bool IsGone { get; private set; }

    public void Queue(IThreadPoolWorkItem work) => world.Post(this, "work", work.Execute);

    public IWriterWorker StartWriter(Action write) => new Writer(world, this, write);

    public override void Post(SendOrPostCallback d, object? state) => world.Post(this, "goes on", () => d(state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing in a simulation waits for another thread.");

    public override SynchronizationContext CreateCopy() => this;

    public void Run(Action act)
    {
        SynchronizationContext? outer = Current;
        SetSynchronizationContext(this);
        try
        {
            act();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public T Run<T>(Func<T> act)
    {
        T result = default!;
        Run(() =>
        {
            result = act();
        });
        return result;
    }

    public void End()
    {
        IsGone = true;
        world.Remove(this);
    }

    private sealed class Writer(SimulatedWorld world, SimulatedQueue queue, Action write) : IWriterWorker
    {
        private bool _signalled, _stopped;

        public void Signal()
        {
            if (!_signalled && !_stopped)
            {
                _signalled = true;
                world.Post(queue, "write", Write);
            }
        }

        public void Stop()
        {
            if (!_stopped)
            {
                _stopped = true;
                write();
            }
        }

        private void Write()
        {
            if (!_stopped)
            {
                _signalled = false;
                write();
            }
        }
    }
}
