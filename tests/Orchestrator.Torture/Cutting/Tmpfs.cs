using System.Diagnostics;

namespace Orchestrator.Torture.Cutting;

/// <summary>A real small disk in memory. Linux alone, and for root.</summary>
internal sealed class Tmpfs : IDisposable
{
    private readonly string _filler;

    private Tmpfs(string folder)
    {
        Folder = folder;
        _filler = Path.Combine(folder, "filler");
    }

    public string Folder { get; }

    /// <returns>Null with the reason why there is none.</returns>
    public static Tmpfs? Mount(int megabytes, out string why)
    {
        why = "A small tmpfs takes Linux and the right to mount, which are not at hand.";
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        string folder = Directory.CreateTempSubdirectory("tmpfs-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder))
        {
            return new Tmpfs(folder);
        }

        Directory.Delete(folder);
        return null;
    }

    public void Fill()
    {
        using FileStream filler = new(_filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] page = new byte[4_096];
        try
        {
            while (true)
            {
                filler.Write(page);
            }
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    public void Free() => File.Delete(_filler);

    public void Dispose()
    {
        if (Run("umount", Folder))
        {
            Directory.Delete(Folder);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
