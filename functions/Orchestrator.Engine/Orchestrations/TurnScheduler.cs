namespace Orchestrator.Engine.Orchestrations;

/// <summary>Runs turns on the thread pool, a bounded number at once, in the order in which they became ready.</summary>
internal sealed class TurnScheduler(IEngineScheduler scheduler, int limit) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<OrchestrationInstance> _ready = new();
    private int _running;

    public void Schedule(OrchestrationInstance instance)
    {
        lock (_gate)
        {
            _ready.Enqueue(instance);
            if (_running == limit)
            {
                return;
            }

            _running++;
        }

        scheduler.Queue(this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            OrchestrationInstance? next;
            lock (_gate)
            {
                if (!_ready.TryDequeue(out next))
                {
                    _running--;
                    return;
                }
            }

            next.TakeTurn();
        }
    }
}
