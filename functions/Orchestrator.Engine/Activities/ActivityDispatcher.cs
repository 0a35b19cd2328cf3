using Microsoft.Extensions.Logging;

namespace Orchestrator.Engine.Activities;

/// <summary>Runs activities, a bounded number at once, in the order in which they were recorded, and gives up those that take too long.</summary>
internal sealed partial class ActivityDispatcher : IDisposable
{
    // Twice at a crash is no longer chance. Such ones run one at a time, so that the culprit is found and its neighbours are not.
    private const int SuspectAfter = 2;

    private readonly EngineParts _parts;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Lane _ordinary, _suspects;
    private readonly HashSet<ActivityRun> _running = [];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _limit;
    private bool _started, _stopping, _limitIsSet;
    private int _ending;

    public ActivityDispatcher(EngineParts parts, ILogger<ActivityDispatcher> logger)
    {
        _parts = parts;
        _logger = logger;
        int slots = parts.Options.MaxConcurrentActivities;
        _ordinary = new Lane(Enumerable.Range(0, slots));
        _suspects = new Lane([slots]);
        _limit = parts.Clock.CreateTimer(_ => GiveUpLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Activities that came in before begin from here on.</summary>
    public void Start()
    {
        List<ActivityRun> begin = [];
        lock (_gate)
        {
            _started = true;
            Fill(_ordinary, begin);
            Fill(_suspects, begin);
        }

        begin.ForEach(_parts.Options.Scheduler.Queue);
    }

    public void Enqueue(ActivityWork work)
    {
        Lane lane = work.Crashes < SuspectAfter ? _ordinary : _suspects;
        List<ActivityRun> begin = [];
        lock (_gate)
        {
            lane.Waiting.Enqueue(work);
            Fill(lane, begin);
        }

        begin.ForEach(_parts.Options.Scheduler.Queue);
    }

    /// <summary>Gives the slot of a run to the next, once: the first of its end and its giving up. False when it was given away before; else <see cref="Delivered"/> follows.</summary>
    public bool Release(ActivityRun run)
    {
        List<ActivityRun> begin = [];
        lock (_gate)
        {
            if (!Remove(run))
            {
                return false;
            }

            _ending++;
            _parts.Running.Leave(run.Slot);
            run.Lane.Free.Push(run.Slot);
            Fill(run.Lane, begin);
        }

        begin.ForEach(_parts.Options.Scheduler.Queue);
        return true;
    }

    /// <summary>The result of a run whose slot was given away is with its instance.</summary>
    public void Delivered()
    {
        lock (_gate)
        {
            _ending--;
            Drain();
        }
    }

    /// <summary>The engine is at its end: the run is over, the slot is nobody's, and its mark tells the next start.</summary>
    public void Abandon(ActivityRun run)
    {
        lock (_gate)
        {
            Remove(run);
        }
    }

    public bool IsStopping => Volatile.Read(ref _stopping);

    /// <summary>Cancels what runs and waits for it a while; what does not end is run again after the next start.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        List<ActivityRun> running;
        lock (_gate)
        {
            Volatile.Write(ref _stopping, true);
            running = [.. _running];
            Drain();
        }

        running.ForEach(run => run.Cancel());
        try
        {
            await _drained.Task.WaitAsync(patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            LogLeftRunning(_logger);
        }
    }

    public void Dispose() => _limit.Dispose();

    private bool Remove(ActivityRun run)
    {
        bool removed = _running.Remove(run);
        Drain();
        return removed;
    }

    private void Drain()
    {
        if (_stopping && _running.Count == 0 && _ending == 0)
        {
            _drained.TrySetResult();
        }
    }

    private void Fill(Lane lane, List<ActivityRun> begin)
    {
        while (_started && !_stopping && !_parts.HasFailed && lane.Waiting.Count > 0 && lane.Free.TryPop(out int slot))
        {
            ActivityRun run = new(_parts, this, lane, slot, lane.Waiting.Dequeue(), _logger);
            _running.Add(run);
            begin.Add(run);
            if (!_limitIsSet)
            {
                _limitIsSet = _limit.Change(_parts.Options.ActivityTimeout, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void GiveUpLate()
    {
        List<ActivityRun> late = [];
        lock (_gate)
        {
            TimeSpan next = TimeSpan.MaxValue;
            foreach (ActivityRun run in _running)
            {
                TimeSpan left = _parts.Options.ActivityTimeout - run.Elapsed;
                if (left <= TimeSpan.Zero)
                {
                    late.Add(run);
                }
                else if (left < next)
                {
                    next = left;
                }
            }

            _limitIsSet = next != TimeSpan.MaxValue && !_stopping && _limit.Change(next, Timeout.InfiniteTimeSpan);
        }

        late.ForEach(run => run.GiveUp());
    }

    [LoggerMessage(31, LogLevel.Warning, "Activities still run after the stop's patience. They are run again after the next start.")]
    private static partial void LogLeftRunning(ILogger logger);

    /// <summary>Slots, and what waits for one.</summary>
    internal sealed class Lane(IEnumerable<int> slots)
    {
        public Stack<int> Free { get; } = new(slots.Reverse());

        public Queue<ActivityWork> Waiting { get; } = new();
    }
}
