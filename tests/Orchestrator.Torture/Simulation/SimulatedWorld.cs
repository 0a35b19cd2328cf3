using System.Globalization;

namespace Orchestrator.Torture.Simulation;

/// <summary>
/// All that happens in one simulation, one thing after the other on one thread: what comes next is drawn from what is ready,
/// and time jumps to the next timer when nothing is.
/// </summary>
internal sealed class SimulatedWorld(int seed)
{
    private const int ChanceOfALateClock = 30;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<Happening> _ready = [];
    private readonly SortedSet<SimulatedTimer> _timers = [];
    private long _timersMade;
    private string? _escaped;

    public Random Random { get; } = new(seed);

    public DateTimeOffset Now { get; private set; } = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public int Steps { get; private set; }

    /// <summary>A hash over all that happened, in its order. One seed gives one trace.</summary>
    public ulong Trace { get; private set; } = 14_695_981_039_346_656_037;

    /// <summary>Gets every line of the trace, if somebody wants to read it.</summary>
    public Action<string>? Reader { get; init; }

    public void Note(string line)
    {
        if (Reader is not null)
        {
            Reader($"{Now.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {line}");
        }

        foreach (char character in line)
        {
            Trace = (Trace ^ character) * 1_099_511_628_211;
        }

        Trace = (Trace ^ (ulong)Now.UtcTicks) * 1_099_511_628_211;
    }

    public void Post(SimulatedQueue queue, string what, Action run)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _escaped ??= $"{what} of {queue.Name} came from another thread: {Environment.StackTrace}";
            return;
        }

        if (!queue.IsGone)
        {
            _ready.Add(new Happening(queue, what, run));
        }
    }

    public SimulatedTimer AddTimer(SimulatedQueue queue, Action fire) => new(this, queue, fire, _timersMade++);

    public void Arm(SimulatedTimer timer, TimeSpan after)
    {
        _timers.Remove(timer);
        if (after != Timeout.InfiniteTimeSpan && !timer.Queue.IsGone)
        {
            timer.Due = Now + after;
            _timers.Add(timer);
        }
    }

    public void Remove(SimulatedQueue queue)
    {
        _ready.RemoveAll(happening => happening.Queue == queue);
        _timers.RemoveWhere(timer => timer.Queue == queue);
    }

    /// <summary>Lets one thing happen. False when there is nothing more to come.</summary>
    public bool Step()
    {
        if (_escaped is not null)
        {
            throw new BrokenPromiseException(_escaped);
        }

        Steps++;
        if (_timers.Count > 0 && (_ready.Count == 0 || Random.Next(ChanceOfALateClock) == 0))
        {
            Advance();
        }

        if (_ready.Count == 0)
        {
            return false;
        }

        int chosen = Random.Next(_ready.Count);
        Happening next = _ready[chosen];
        _ready[chosen] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        Note($"{next.Queue.Name} {next.What}");
        next.Queue.Run(next.Do);
        return true;
    }

    private void Advance()
    {
        DateTimeOffset due = _timers.Min!.Due;
        Now = due > Now ? due : Now;
        while (_timers.Min is { } timer && timer.Due <= Now)
        {
            _timers.Remove(timer);
            Post(timer.Queue, "timer", timer.Fire);
        }
    }

    private readonly record struct Happening(SimulatedQueue Queue, string What, Action Do);
}
