using System.Collections.Concurrent;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>The instances in memory. Any other is read back from its history when something comes for it.</summary>
internal sealed class InstanceTable(EngineParts parts)
{
    private readonly ConcurrentDictionary<long, OrchestrationInstance> _resident = new();
    private readonly ConcurrentDictionary<string, OrchestrationInstance> _byId = new(StringComparer.Ordinal);
    private readonly IdleInstances _idle = new();
    private int _count;

    public TurnScheduler Turns { get; } = new(parts.Options.Scheduler, parts.Options.MaxConcurrentOrchestrations);

    public int Count => Volatile.Read(ref _count);

    /// <summary>A new instance: there is no history to read.</summary>
    public void Begin(InstanceRow row, HistoryRow started)
    {
        OrchestrationInstance instance = new(parts, row);
        _resident[row.Key] = instance;
        Known(instance);
        Counted(1);
        instance.Deliver(started);
    }

    /// <summary>It knows its id from here on, so that events find it.</summary>
    public void Known(OrchestrationInstance instance) => _byId[instance.Id] = instance;

    /// <summary>It is in memory and has not ended: who waits for its end from here on is told of it.</summary>
    public bool IsLiving(string id) => _byId.TryGetValue(id, out OrchestrationInstance? instance) && instance.IsLiving;

    /// <summary>Hands an event to an instance in memory. False when it is not there.</summary>
    public bool Raise(string id, Arrival raised) => _byId.TryGetValue(id, out OrchestrationInstance? instance) && instance.Raise(raised);

    /// <summary>Hands a committed row to its instance.</summary>
    public void Deliver(HistoryRow row)
    {
        while (!Get(row.Instance).Deliver(row))
        {
        }
    }

    /// <summary>Reads an instance back, if it is not in memory, and goes on where it stopped.</summary>
    public void Wake(long key)
    {
        while (!Get(key).Wake())
        {
        }
    }

    public void TimerDue(long key, int taskId)
    {
        if (taskId < 0)
        {
            Wake(key);
        }
        else if (_resident.TryGetValue(key, out OrchestrationInstance? instance))
        {
            instance.TimerDue(taskId);
        }
    }

    public void Ended(EndedInstance ended)
    {
        if (ended.ParentRow is not null)
        {
            Deliver(ended.ParentRow);
        }

        EngineTelemetry.RecordEnd(ended.Status);
        parts.Starts.Notify(ended.Instance.Id);
        parts.Completions.Notify(ended.Instance.Id, ended);
    }

    public void Idle(OrchestrationInstance instance)
    {
        _idle.Add(instance);
        int over = Count - parts.Options.MaxResidentInstances;
        if (over > 0)
        {
            Park(_idle.Take(over));
        }
    }

    public void Busy(OrchestrationInstance instance) => _idle.Remove(instance);

    /// <summary>Before a stop: what waits need not be looked at on the next start.</summary>
    public void ParkIdle() => Park(_idle.Take(int.MaxValue));

    public void Remove(OrchestrationInstance instance)
    {
        _idle.Remove(instance);
        if (_resident.TryRemove(new KeyValuePair<long, OrchestrationInstance>(instance.Key, instance)))
        {
            Counted(-1);
            _byId.TryRemove(new KeyValuePair<string, OrchestrationInstance>(instance.Id, instance));
        }
    }

    /// <summary>The engine is at its end: whoever waits for an instance to take up an event is told.</summary>
    public void LeaveAll()
    {
        foreach (OrchestrationInstance instance in _resident.Values)
        {
            instance.LeaveAtTheEnd();
        }
    }

    private static void Park(IReadOnlyList<OrchestrationInstance> instances)
    {
        foreach (OrchestrationInstance instance in instances)
        {
            instance.TryPark();
        }
    }

    private OrchestrationInstance Get(long key)
    {
        while (true)
        {
            if (_resident.TryGetValue(key, out OrchestrationInstance? instance))
            {
                return instance;
            }

            instance = new OrchestrationInstance(parts, key);
            if (_resident.TryAdd(key, instance))
            {
                Counted(1);
                return instance;
            }
        }
    }

    private void Counted(int change)
    {
        Interlocked.Add(ref _count, change);
        EngineTelemetry.Resident.Add(change);
    }
}
