using System.Globalization;

namespace Orchestrator.Sandbox.State;

/// <summary>The machine's clock plus an offset that a test may move forward, so that idempotency keys expire and charges grow old.</summary>
internal sealed class SandboxClock : TimeProvider
{
    private readonly TimeProvider _machine;
    private readonly string? _path;
    private long _offsetTicks;

    /// <param name="machine">The clock it runs ahead of.</param>
    /// <param name="stateFolder">Where the offset is kept, so that what grew old stays old after a restart; null keeps it nowhere.</param>
    public SandboxClock(TimeProvider machine, string? stateFolder = null)
    {
        _machine = machine;
        _path = stateFolder is null ? null : Path.Combine(stateFolder, "clock-offset");
        if (File.Exists(_path))
        {
            _offsetTicks = long.Parse(File.ReadAllText(_path), CultureInfo.InvariantCulture);
        }
    }

    public override DateTimeOffset GetUtcNow() => _machine.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    public void Advance(TimeSpan by)
    {
        long offset = Interlocked.Add(ref _offsetTicks, by.Ticks);
        if (_path is not null)
        {
            PrivateFile.Write(_path, offset.ToString(CultureInfo.InvariantCulture));
        }
    }
}
