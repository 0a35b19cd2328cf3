namespace Orchestrator.Torture.Simulation;

/// <summary>What the world outside knows: what was answered to callers, which steps ran, where money went.</summary>
internal sealed class CaseBook(int seed)
{
    public const int Attempts = 8;

    private readonly Dictionary<string, string> _refunds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _failed = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Process, string Step), int> _ran = [];
    private readonly HashSet<string> _recorded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private string? _foundAndRun;
    private long _head;
    private byte[] _headHash = [];

    private readonly HashSet<string> _mended = new(StringComparer.Ordinal);
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);

    /// <summary>How instances ended, as callers were told; null for one that was purged.</summary>
    public Dictionary<string, string?> Ends { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Started { get; } = new(StringComparer.Ordinal);

    public int Runs { get; private set; }

    public int Recorded => _recorded.Count;

    /// <summary>An activity begins.</summary>
    /// <param name="after">The step before it, which is recorded if this one may begin.</param>
    public void Begin(int process, string step, string after)
    {
        Runs++;
        if (after.Length > 0)
        {
            _recorded.Add(after);
        }

        if (_recorded.Contains(step))
        {
            throw Broke($"step '{step}' ran again after it was recorded");
        }

        _foundAndRun ??= _found.Contains(step) ? step : null;
        int ran = _ran[(process, step)] = _ran.GetValueOrDefault((process, step)) + 1;
        if (ran > (step.Contains("flaky", StringComparison.Ordinal) ? Attempts : _mended.Contains(step) || _broken.Contains(step) ? 2 : 1))
        {
            throw Broke($"step '{step}' ran {ran} times in one life of the process");
        }
    }

    /// <summary>Whether this time is one of those at which the step fails.</summary>
    public bool Fails(string step)
    {
        if (_broken.Contains(step))
        {
            return true;
        }

        int planned = step.Contains("flaky", StringComparison.Ordinal) ? (Stable(step) ^ (seed & 0xFFFFFF)) % 3 : 0;
        int failed = _failed.GetValueOrDefault(step);
        _failed[step] = failed + 1;
        return failed < planned;
    }

    /// <summary>The step fails until <see cref="Mend"/>.</summary>
    public void Break(string step) => _broken.Add(step);

    public void Mend(string step)
    {
        _broken.Remove(step);
        _mended.Add(step);
    }

    public void Refund(string key, string instance) => _refunds.TryAdd(key, instance);

    /// <summary>A caller was answered while the store stood there.</summary>
    public void Answered(long head, byte[] hash)
    {
        if (head >= _head)
        {
            (_head, _headHash) = (head, hash);
        }
    }

    /// <summary>What the store holds before a process takes it up.</summary>
    public void Reopened(StoreState store)
    {
        if (_head > 0 && (store.Head < _head || !store.HashAt(_head).AsSpan().SequenceEqual(_headHash)))
        {
            throw Broke($"history went up to row {_head} when a caller was answered, and up to {store.Head} after the restart, or is another one");
        }

        (_foundAndRun, _) = (null, _found.RemoveWhere(_ => true));
        _found.UnionWith(store.CompletedSteps);
    }

    /// <summary>
    /// A process has taken the store up and relies on it. Before that, what is found may be what a failed sync left in the cache: nobody was told, and a loss of power may still take it.
    /// </summary>
    public void TakenUp()
    {
        if (_foundAndRun is { } step)
        {
            throw Broke($"step '{step}' ran again after it was recorded");
        }

        _recorded.UnionWith(_found);
        _found.Clear();
    }

    public void CheckLedger(string instance, bool refunded)
    {
        int refunds = _refunds.Values.Count(paid => paid == instance);
        if (refunds != (refunded ? 1 : 0))
        {
            throw Broke($"'{instance}' ended {(refunded ? "with" : "without")} a refund and the ledger has {refunds}");
        }
    }

    public static BrokenPromiseException Broke(string what) => new(what);

    // string.GetHashCode is another one in each process.
    private static int Stable(string text)
    {
        int hash = 17;
        foreach (char character in text)
        {
            hash = ((hash * 31) + character) & 0xFFFFFF;
        }

        return hash;
    }
}
