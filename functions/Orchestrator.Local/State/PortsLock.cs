namespace Orchestrator.Local.State;

/// <summary>
/// One start on this machine at a time chooses its ports and listens on them: between the two another could take them. Held by an open file, so that a killed
/// process leaves nothing behind.
/// </summary>
internal sealed class PortsLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream? _file;

    private PortsLock(FileStream? file) => _file = file;

    /// <summary>Waits for its turn. One that does not come in time is gone without: a start that races is better than none.</summary>
    public static async Task<PortsLock> TakeAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Path.GetTempPath(), $"orchestrator-ports-{Environment.UserName}.lock");
        long began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < Patience)
        {
            try
            {
                return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
            catch (UnauthorizedAccessException)
            {
                break;
            }
        }

        return new(null);
    }

    public void Dispose() => _file?.Dispose();
}
