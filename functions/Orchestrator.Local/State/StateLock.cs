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
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = PrivateFile.FileMode;
            }

            return new(new FileStream(folder.LockFile, options));
        }
        catch (IOException taken)
        {
            string who = ServingEndpoint.Read(folder) is { } endpoint
                ? $"process {endpoint.ProcessId.ToString(CultureInfo.InvariantCulture)}, {endpoint.Address}"
                : "another process";
            throw new LocalException($"An orchestrator already runs on {folder.Path} ({who}). Stop that one, or choose another folder with --state.", taken);
        }
    }

    public void Dispose() => _file.Dispose();
}
