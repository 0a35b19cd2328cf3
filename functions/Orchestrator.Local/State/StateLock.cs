using System.Globalization;

namespace Orchestrator.Local.State;

/// <summary>One process owns a state folder. The lock is the operating system's, so that it ends with the process however that ends.</summary>
internal sealed class StateLock : IDisposable
{
    private readonly FileStream _file;

    private StateLock(FileStream file) => _file = file;

    /// <exception cref="LocalException">Another process owns the folder.</exception>
    public static StateLock Take(StateFolder folder)
    {
        try
        {
            return Open(folder);
        }
        catch (IOException taken)
        {
            string who = ServingEndpoint.Read(folder) is { } endpoint
                ? $"process {endpoint.ProcessId.ToString(CultureInfo.InvariantCulture)}, {endpoint.Address}"
                : "another process";
            throw new LocalException($"An orchestrator already runs on {folder.Path} ({who}). Stop that one, or choose another folder with --state.", taken);
        }
    }

    /// <summary>Null when another process owns the folder, which is there.</summary>
    public static StateLock? TryTake(StateFolder folder)
    {
        try
        {
            return Open(folder);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static StateLock Open(StateFolder folder) => new(new FileStream(folder.LockFile, PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite)));

    public void Dispose() => _file.Dispose();
}
