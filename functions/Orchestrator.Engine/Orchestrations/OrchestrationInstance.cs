using Microsoft.Extensions.Logging;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>
/// An instance in memory. What comes for it is taken up in turns, one at a time: its code runs over it, and both go to the writer as one unit.
/// A turn has no effect before that unit is durable: steps begin, callers are answered and parents are told afterwards.
/// The next turn waits for it. The gate guards the instance's state, never the orchestrator's code.
/// </summary>
internal sealed partial class OrchestrationInstance
{
    private readonly EngineParts _parts;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();

    // Recorded steps without a recorded end.
    private readonly HashSet<int> _activities = [];
    private readonly Dictionary<int, DateTimeOffset> _timers = [];

    // Recorded by others than this instance, or not recorded yet.
    private List<HistoryRow> _inbox = [];
    private List<Arrival> _arrivals = [];

    // What the turn under way has taken up of them.
    private List<Arrival> _taken = [];
    private AdvanceInstance? _write;
    private OrchestrationRun? _run;
    private InstanceRow? _row;
    private long _applied;
    private bool _scheduled, _ended, _parking, _gone, _foreign, _unpark, _wake;

    public OrchestrationInstance(EngineParts parts, long key)
    {
        _parts = parts;
        _logger = parts.Loggers.CreateLogger<OrchestrationInstance>();
        Key = key;
        IdleNode = new(this);
    }

    public OrchestrationInstance(EngineParts parts, InstanceRow row)
        : this(parts, row.Key)
    {
        _row = row;
        _run = NewRun(row, []);
    }

    public long Key { get; }

    public string Id => _row?.Id ?? "";

    public string Name => _row?.Name ?? "";

    public int RunNumber { get; private set; }

    public LinkedListNode<OrchestrationInstance> IdleNode { get; }

    public bool IsLiving
    {
        get
        {
            lock (_gate)
            {
                return !_gone;
            }
        }
    }

    private bool HasWork => _inbox.Count > 0 || _arrivals.Count > 0 || _wake || _foreign;

    private bool IsIdle => !_scheduled && !_ended && !_parking && !HasWork && _write is null && _activities.Count == 0 && _run is not null;

    /// <summary>A row that somebody else recorded, on the writer's thread. False when it left memory: look again.</summary>
    public bool Deliver(HistoryRow row)
    {
        bool run = false;
        lock (_gate)
        {
            if (_gone)
            {
                return false;
            }

            if (row.Kind == HistoryKind.ExecutionTerminated)
            {
                Leave();
            }
            else
            {
                _inbox.Add(row);
                run = Schedule();
            }
        }

        TakeTurnSoon(run);
        return true;
    }

    /// <summary>False when it left memory, or is about to: the event is to be recorded without it.</summary>
    public bool Raise(Arrival raised)
    {
        bool run;
        lock (_gate)
        {
            if (_gone || _ended)
            {
                return false;
            }

            _arrivals.Add(raised);
            run = Schedule();
        }

        TakeTurnSoon(run);
        return true;
    }

    /// <summary>Nothing is written any more. Events that wait for a turn are given to the writer, which refuses them.</summary>
    public void LeaveAtTheEnd()
    {
        lock (_gate)
        {
            if (!_gone)
            {
                Leave();
            }
        }
    }

    /// <summary>False when it left memory: look again.</summary>
    public bool Wake()
    {
        bool run = false;
        lock (_gate)
        {
            if (!_gone && _run is null && !_ended)
            {
                _wake = true;
                run = Schedule();
            }

            if (_gone)
            {
                return false;
            }
        }

        TakeTurnSoon(run);
        return true;
    }

    /// <summary>Within the gate. True when the caller is to have the turn taken, once it left the gate.</summary>
    private bool Schedule()
    {
        if (_scheduled || _write is not null || _parking || _gone || !HasWork)
        {
            return false;
        }

        return _scheduled = true;
    }

    private void TakeTurnSoon(bool scheduled)
    {
        if (scheduled)
        {
            _parts.Instances.Busy(this);
            _parts.Instances.Turns.Schedule(this);
        }
    }

    /// <summary>An event that found no instance in memory after all is recorded without it, and answered there.</summary>
    private void Resubmit(Arrival arrival)
    {
        if (arrival.HasCaller)
        {
            _parts.Writer.Submit(new RaiseEvent(_parts, Id, arrival));
        }
    }

    private void Leave()
    {
        _ended = _gone = true;
        foreach ((int id, DateTimeOffset due) in _timers)
        {
            _parts.Timers.Remove(due, Key, id);
        }

        _timers.Clear();
        _parts.Instances.Remove(this);
        _arrivals.ForEach(Resubmit);
        _arrivals.Clear();
    }

    private void OnForeignTask()
    {
        bool run;
        lock (_gate)
        {
            _foreign = true;
            run = Schedule();
        }

        TakeTurnSoon(run);
    }

    private OrchestrationRun NewRun(InstanceRow row, IReadOnlyList<HistoryRow> history)
    {
        RunNumber = row.Run;
        IEnumerable<string> patches = history.Where(step => step.Kind == HistoryKind.PatchTaken).Select(step => step.Name!);
        return new OrchestrationRun(_parts, row.Id, row.Name, row.Run, row.CustomStatus, patches, OnForeignTask);
    }
}
