namespace Orchestrator.Engine.Orchestrations;

/// <summary>Runs turns, a bounded number at once, in the order in which they became ready.</summary>
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

    /// <summary>Takes the turn on this thread, if no other waits for one: what caused it has just ended here.</summary>
    public void TakeHere(OrchestrationInstance instance)
    {
        lock (_gate)
        {
            if (_running == limit || _ready.Count > 0)
            {
                _ready.Enqueue(instance);
                if (_running == limit)
                {
                    return;
                }

                instance = _ready.Dequeue();
            }

            _running++;
        }

        instance.TakeTurn();
        lock (_gate)
        {
            if (_ready.Count == 0)
            {
                _running--;
                return;
            }
        }

        scheduler.Queue(this);
    }

    /// <summary>No turn runs or waits.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _running == 0;
            }
        }
    }

    void IThreadPoolWorkItem.Execute() => TakeReady();

    private void TakeReady()
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
