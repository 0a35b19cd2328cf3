namespace Orchestrator.Torture.Simulation;

/// <summary>The world's time as one process sees it. Its timers go with the process.</summary>
internal sealed class SimulatedClock(SimulatedWorld world, SimulatedQueue queue) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => world.Now;

    public override long GetTimestamp() => world.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        SimulatedTimer timer = world.AddTimer(queue, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Nothing at all, now and then.</summary>
    public Task PauseAsync(int upToMilliseconds, CancellationToken cancellationToken = default) =>
        world.Random.Next(3) == 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(upToMilliseconds)), this, cancellationToken);
}

internal sealed class SimulatedTimer(SimulatedWorld world, SimulatedQueue queue, Action fire, long number) : ITimer, IComparable<SimulatedTimer>
{
    public DateTimeOffset Due { get; set; }

    public SimulatedQueue Queue => queue;

    public void Fire() => fire();

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
        {
            throw new NotSupportedException("The engine sets each timer anew.");
        }

        world.Arm(this, dueTime);
        return true;
    }

    public int CompareTo(SimulatedTimer? other) =>
        other is null ? 1 : Due != other.Due ? Due.CompareTo(other.Due) : Number.CompareTo(other.Number);

    public void Dispose() => world.Arm(this, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private long Number => number;
}
