namespace Orchestrator.Sandbox.Teams;

/// <summary>So many requests in any one second; 0 for no limit.</summary>
internal sealed class Throttle(double perSecond, TimeProvider machine)
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _taken = new();
    private double _perSecond = perSecond;

    public double PerSecond
    {
        get
        {
            lock (_gate)
            {
                return _perSecond;
            }
        }

        set
        {
            lock (_gate)
            {
                _perSecond = value;
            }
        }
    }

    public bool Admits()
    {
        lock (_gate)
        {
            long now = machine.GetTimestamp();
            while (_taken.TryPeek(out long first) && machine.GetElapsedTime(first, now) >= TimeSpan.FromSeconds(1))
            {
                _taken.Dequeue();
            }

            if (_perSecond > 0 && _taken.Count >= _perSecond)
            {
                return false;
            }

            _taken.Enqueue(now);
            return true;
        }
    }
}
