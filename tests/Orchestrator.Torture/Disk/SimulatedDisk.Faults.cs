namespace Orchestrator.Torture.Disk;

internal sealed partial class SimulatedDisk
{
    private List<DiskOperation>? _log;
    private int _crashAfter = -1;
    private int _failSync = -1;
    private long _capacity = long.MaxValue;

    /// <summary>Syncs that were asked for.</summary>
    public int Syncs { get; private set; }

    /// <summary>Changes so far; once <see cref="Record"/> was called, a place to cut the log at.</summary>
    public int Position
    {
        get
        {
            lock (Gate)
            {
                return _log?.Count ?? 0;
            }
        }
    }

    /// <summary>Whether, since the last boot, a sync failed or a write found no space.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Called when <see cref="CrashAfter"/> comes true, on the thread that writes.</summary>
    public Action? Crashed { get; set; }

    /// <summary>Keeps all changes from here on. To be called on an empty disk.</summary>
    public void Record() => _log = [];

    /// <summary>The disk as it was when the power went at <paramref name="position"/> of a record.</summary>
    public SimulatedDisk CutAt(int position, Random random)
    {
        SimulatedDisk disk = new();
        lock (Gate)
        {
            lock (disk.Gate)
            {
                _log!.Take(position).ToList().ForEach(disk.Apply);
            }
        }

        disk.LosePower(random);
        disk.Boot();
        return disk;
    }

    /// <summary>The process ends here: all it has open is dead, all it wrote is there.</summary>
    public void Crash()
    {
        lock (Gate)
        {
            Generation++;
            IsDown = true;
            _owner = null;
            _crashAfter = -1;
            foreach (SimulatedFile file in _files)
            {
                file.Shared = null;
                file.Locks.Clear();
            }
        }
    }

    /// <summary>The machine ends here: what was not synced may be there, or not, or in part.</summary>
    public void LosePower(Random random)
    {
        lock (Gate)
        {
            Crash();
            foreach (string name in _names.Keys.Union(_durableNames.Keys).Order(StringComparer.Ordinal).ToArray())
            {
                // Of a name that changed since the directory was synced either state may be found.
                Dictionary<string, SimulatedFile> found = random.Next(2) == 0 ? _names : _durableNames;
                if (found.TryGetValue(name, out SimulatedFile? file))
                {
                    _names[name] = file;
                }
                else
                {
                    _names.Remove(name);
                }
            }

            _durableNames = new(_names, StringComparer.Ordinal);
            _unnamed.Clear();
            _files.ForEach(file => file.LosePower(random));
        }
    }

    /// <summary>A new process may begin.</summary>
    /// <param name="dropCache">Whether what a failed sync has lost shows as lost.</param>
    public void Boot(bool dropCache = false)
    {
        lock (Gate)
        {
            IsDown = false;
            _failSync = -1;
            _capacity = long.MaxValue;
            HasFailed = false;
            if (dropCache)
            {
                _files.ForEach(file => file.DropCache());
            }
        }
    }

    /// <summary>The process ends within the change that comes after this many.</summary>
    public void CrashAfter(int changes)
    {
        lock (Gate)
        {
            _crashAfter = changes;
        }
    }

    /// <summary>The sync after <paramref name="syncs"/> more is answered with an error, once, and what it should have written is lost.</summary>
    public void FailSyncAfter(int syncs)
    {
        lock (Gate)
        {
            _failSync = syncs;
        }
    }

    /// <summary>From here on files do not grow by more than this together.</summary>
    public void FillUp(int bytesLeft = 0)
    {
        lock (Gate)
        {
            _capacity = Used + bytesLeft;
        }
    }

    public void MakeSpace()
    {
        lock (Gate)
        {
            _capacity = long.MaxValue;
        }
    }

    private long Used => _names.Values.Sum(file => (long)file.Current.Length);

    /// <summary>False when the process ended before or with this change.</summary>
    private bool Turn()
    {
        if (!IsDown && _crashAfter >= 0 && _crashAfter-- == 0)
        {
            Crash();
            Crashed?.Invoke();
        }

        return !IsDown;
    }
}
