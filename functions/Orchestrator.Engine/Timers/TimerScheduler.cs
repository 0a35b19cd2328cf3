namespace Orchestrator.Engine.Timers;

/// <summary>The one clock of all durable timers. Their truth is history; this only remembers whom to wake when.</summary>
internal sealed class TimerScheduler : IDisposable
{
    // Looking again at least this often follows the wall clock where it is set forward or the machine slept.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private readonly EngineParts _parts;
    private readonly Lock _gate = new();
    private readonly SortedSet<Entry> _entries = [];
    private readonly ITimer _timer;
    private bool _closed, _running;

    public TimerScheduler(EngineParts parts)
    {
        _parts = parts;
        _timer = parts.Clock.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Timers that came in before are fired from here on.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _running = true;
            Arm();
        }
    }

    /// <param name="taskId">-1 to wake an instance that is not in memory.</param>
    public void Add(DateTimeOffset due, long instance, int taskId)
    {
        lock (_gate)
        {
            Entry entry = new(due, instance, taskId);
            if (_entries.Add(entry) && _entries.Min == entry)
            {
                Arm();
            }
        }
    }

    public void Remove(DateTimeOffset due, long instance, int taskId)
    {
        lock (_gate)
        {
            _entries.Remove(new Entry(due, instance, taskId));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
        }

        _timer.Dispose();
    }

    private void Fire()
    {
        List<Entry> due = [];
        lock (_gate)
        {
            DateTimeOffset now = _parts.Clock.GetUtcNow();
            while (!_closed && _entries.Count > 0 && _entries.Min.Due <= now)
            {
                due.Add(_entries.Min);
                _entries.Remove(_entries.Min);
            }

            Arm();
        }

        try
        {
            due.ForEach(entry => _parts.Instances.TimerDue(entry.Instance, entry.TaskId));
        }
#pragma warning disable CA1031 // On the timer's thread nobody else would see it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _parts.Stop(failure);
        }
    }

    private void Arm()
    {
        if (_closed || !_running || _entries.Count == 0)
        {
            return;
        }

        TimeSpan wait = _entries.Min.Due - _parts.Clock.GetUtcNow();

        // A timer counts in whole milliseconds and must not come early.
        wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Clamp(wait.TotalMilliseconds, 0, LongestSleep.TotalMilliseconds)));
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private readonly record struct Entry(DateTimeOffset Due, long Instance, int TaskId) : IComparable<Entry>
    {
        public int CompareTo(Entry other)
        {
            int order = Due.CompareTo(other.Due);
            order = order != 0 ? order : Instance.CompareTo(other.Instance);
            return order != 0 ? order : TaskId.CompareTo(other.TaskId);
        }

        public static bool operator <(Entry left, Entry right) => left.CompareTo(right) < 0;

        public static bool operator >(Entry left, Entry right) => left.CompareTo(right) > 0;

        public static bool operator <=(Entry left, Entry right) => left.CompareTo(right) <= 0;

        public static bool operator >=(Entry left, Entry right) => left.CompareTo(right) >= 0;
    }
}
