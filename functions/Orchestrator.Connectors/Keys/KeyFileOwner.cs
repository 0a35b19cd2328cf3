using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Keys;

/// <summary>Whether a key file is its reader's alone. Asked of the open file, not of its path, so that nobody can exchange it between.</summary>
internal static partial class KeyFileOwner
{
    private const int EmptyPath = 0x1000;
    private const uint OwnerWanted = 0x8;
    private const int OwnerOffset = 20;
    private const int AnswerLength = 256;

    /// <exception cref="PermanentFailureException">Says what is wrong and the command that mends it.</exception>
    public static void Check(string path, SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PermanentFailureException($"A key file is not supported on Windows, where its rights can't be proved ({path}). Use Key Vault.", "key_file_rights");
        }

        UnixFileMode mode = File.GetUnixFileMode(file);
        if (mode is not (UnixFileMode.UserRead or (UnixFileMode.UserRead | UnixFileMode.UserWrite)))
        {
            throw new PermanentFailureException($"The key file {path} has mode {Convert.ToString((int)mode, 8)}; only its owner may read it. Run: chmod 600 {path}", "key_file_rights");
        }

        uint self = EffectiveUser();
        uint? owner = OperatingSystem.IsLinux() ? OwnerOf(file) : null;
        if (owner is { } other && other != self)
        {
            throw new PermanentFailureException($"The key file {path} belongs to another user (id {other}), who can read it. Run: chown {self} {path}", "key_file_rights");
        }

        // Elsewhere a file of mode 600 that could be opened is one's own, except for root, who can open everything.
        if (owner is null && self == 0)
        {
            throw new PermanentFailureException($"The owner of key file {path} can't be proved when running as root here. Run as the user who owns it.", "key_file_rights");
        }
    }

    /// <summary><c>stx_uid</c> of <c>statx(2)</c>, whose layout is the same on every architecture.</summary>
    private static unsafe uint? OwnerOf(SafeFileHandle file)
    {
        byte* answer = stackalloc byte[AnswerLength];
        bool added = false;
        try
        {
            file.DangerousAddRef(ref added);
            return Statx((int)file.DangerousGetHandle(), "", EmptyPath, OwnerWanted, answer) == 0 ? *(uint*)(answer + OwnerOffset) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        finally
        {
            if (added)
            {
                file.DangerousRelease();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* answer);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();
}
