namespace Orchestrator.Torture.Disk.Vfs;

/// <summary>The five lock states of a database file: https://www.sqlite.org/lockingv3.html. Used within the disk's gate.</summary>
internal sealed class FileLocks
{
    public const int None = 0, Shared = 1, Reserved = 2, Pending = 3, Exclusive = 4;

    private readonly Dictionary<OpenFile, int> _held = [];

    public bool IsReserved => _held.Values.Any(level => level >= Reserved);

    public bool TryLock(OpenFile who, int wanted)
    {
        int has = _held.GetValueOrDefault(who);
        if (has >= wanted)
        {
            return true;
        }

        int others = _held.Where(held => held.Key != who).Select(held => held.Value).DefaultIfEmpty().Max();
        if ((wanted == Shared && others >= Pending) || (wanted >= Reserved && others >= Reserved))
        {
            return false;
        }

        // A writer that waits for readers lets no new ones in.
        _held[who] = wanted == Exclusive && others >= Shared ? Pending : wanted;
        return _held[who] == wanted;
    }

    public void Unlock(OpenFile who, int to)
    {
        if (to == None)
        {
            _held.Remove(who);
        }
        else if (_held.GetValueOrDefault(who) > to)
        {
            _held[who] = to;
        }
    }

    public void Clear() => _held.Clear();
}
