using System.Collections.Concurrent;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Torture.Disk.Vfs;

namespace Orchestrator.Torture.Disk;

/// <summary>
/// A disk in memory that can crash, lose power, break and fill up, for SQLite and for the engine's own small files.
/// It promises what SQLite asks of a disk (https://www.sqlite.org/atomiccommit.html, https://www.sqlite.org/vfs.html) and nothing more:
/// a write is seen by every reader at once and outlives the process; only a sync makes it outlive power; unsynced writes reach the platter
/// in any order, in part, or not at all, torn at sectors of 512 bytes; a write changes no byte outside its range (SQLITE_IOCAP_POWERSAFE_OVERWRITE,
/// which SQLite's own Unix VFS claims too); a name made or deleted is durable once the directory is synced, which SQLite's Unix VFS does
/// with the first sync of a new journal or log. Nothing is promised about atomic sectors, appends or order.
/// </summary>
internal sealed partial class SimulatedDisk : IHubDisk, IDisposable
{
    private static readonly ConcurrentDictionary<string, SimulatedDisk> Disks = new(StringComparer.Ordinal);
    private static int _made;

    private readonly List<SimulatedFile> _files = [];
    private readonly HashSet<int> _unnamed = [];
    private Dictionary<string, SimulatedFile> _names = new(StringComparer.Ordinal);
    private Dictionary<string, SimulatedFile> _durableNames = new(StringComparer.Ordinal);
    private object? _owner;

    public SimulatedDisk()
    {
        SimulatedVfs.Register();
        Folder = Path.GetFullPath($"/simulated-{Interlocked.Increment(ref _made)}");
        Disks[Folder] = this;
    }

    public string? Vfs => SimulatedVfs.Name;

    public string Folder { get; }

    /// <summary>Where a task hub goes.</summary>
    public string HubPath => Path.Combine(Folder, "hub.db");

    public Lock Gate { get; } = new();

    /// <summary>What was opened under another number belongs to a process that is gone.</summary>
    public int Generation { get; private set; }

    public bool IsDown { get; private set; }

    public static SimulatedDisk? Of(string path) => Disks.GetValueOrDefault(Path.GetDirectoryName(path) ?? "");

    public IDisposable Lock(string path)
    {
        lock (Gate)
        {
            if (_owner is not null || IsDown)
            {
                throw new TaskHubInUseException(path);
            }

            Held held = new(this);
            _owner = held;
            return held;
        }
    }

    public void CreateDatabase(string path) => Open(path, create: true);

    public bool Exists(string path)
    {
        lock (Gate)
        {
            return _names.ContainsKey(path);
        }
    }

    public ISideFile OpenSide(string path) => new SimulatedSideFile(this, Open(path, create: true)!);

    public void Dispose() => Disks.TryRemove(Folder, out _);

    /// <summary>Null when there is none.</summary>
    public SimulatedFile? Open(string path, bool create)
    {
        lock (Gate)
        {
            if (_names.TryGetValue(path, out SimulatedFile? file) || !create || IsDown)
            {
                return file;
            }

            Apply(new DiskOperation(DiskAct.Create, _files.Count, Name(path)));
            return _names[path];
        }
    }

    /// <summary>A file of no name, gone with its user.</summary>
    public static SimulatedFile OpenTemporary() => new(-1);

    public void Delete(string path, bool sync)
    {
        lock (Gate)
        {
            if (_names.TryGetValue(path, out SimulatedFile? file) && Turn())
            {
                Apply(new DiskOperation(DiskAct.Delete, file.Number, Name(path)));
                if (sync)
                {
                    Apply(new DiskOperation(DiskAct.SyncNames, -1));
                }
            }
        }
    }

    /// <summary>Within the gate: counts, records and does it.</summary>
    private void Apply(DiskOperation operation)
    {
        _log?.Add(operation);
        switch (operation.Act)
        {
            case DiskAct.Create:
                _files.Add(new SimulatedFile(operation.File));
                _names[Full(operation.Name)] = _files[operation.File];
                _unnamed.Add(operation.File);
                break;
            case DiskAct.Delete:
                _names.Remove(Full(operation.Name));
                break;
            case DiskAct.Sync:
                _files[operation.File].Sync();
                break;
            case DiskAct.SyncNames:
                _durableNames = new(_names, StringComparer.Ordinal);
                _unnamed.Clear();
                break;
            default:
                _files[operation.File].Change(operation);
                break;
        }
    }

    private string Full(string name) => Path.Combine(Folder, name);

    private static string Name(string path) => Path.GetFileName(path);

    private sealed class Held(SimulatedDisk disk) : IDisposable
    {
        public void Dispose()
        {
            lock (disk.Gate)
            {
                if (disk._owner == this)
                {
                    disk._owner = null;
                }
            }
        }
    }
}
