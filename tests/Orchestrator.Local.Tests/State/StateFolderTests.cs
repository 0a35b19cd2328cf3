using System.Runtime.Versioning;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Tests.State;

/// <summary>Modes are Unix; on Windows the profile folder is private by inheritance.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StateFolderTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public void Create_MakesAFolderForItsOwnerAlone()
    {
        using var parent = new TemporaryFolder();
        var folder = StateFolder.Choose(parent.In("state"));

        folder.Create();

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
    }

    [Fact]
    public void Create_OlderFolderOfOurs_IsClosedToOthers()
    {
        using var parent = new TemporaryFolder();
        var folder = StateFolder.Choose(parent.In("state"));
        folder.Create();
        File.WriteAllText(folder.LockFile, "");
        Open(folder.Path);

        folder.Create();

        Assert.False(PrivateFile.IsOpenToOthers(folder.Path));
    }

    [Fact]
    public void Create_OpenFolderOfSomethingElse_IsRefused()
    {
        using var parent = new TemporaryFolder();
        File.WriteAllText(parent.In("thesis.txt"), "");
        Open(parent.Path);

        LocalException refused = Assert.Throws<LocalException>(StateFolder.Choose(parent.Path).Create);

        Assert.Contains("--state", refused.Message, StringComparison.Ordinal);
        Assert.True(PrivateFile.IsOpenToOthers(parent.Path));
    }

    [Fact]
    public void Lock_TakenTwice_IsRefusedWithWhoHasIt()
    {
        using var parent = new TemporaryFolder();
        var folder = StateFolder.Choose(parent.Path);
        using StateLock first = StateLock.Take(folder);
        new ServingEndpoint(new("http://127.0.0.1:7300"), new("http://127.0.0.1:7300"), 4711, "development", DateTimeOffset.UnixEpoch).Write(folder);

        LocalException refused = Assert.Throws<LocalException>(() => StateLock.Take(folder));

        Assert.Contains("4711", refused.Message, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:7300", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PrivateFile_IsModeSixHundredFromItsFirstByte()
    {
        using var parent = new TemporaryFolder();

        PrivateFile.Write(parent.In("secret"), "one");
        PrivateFile.Write(parent.In("secret"), "two");

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(parent.In("secret")));
        Assert.Equal("two", File.ReadAllText(parent.In("secret")));
    }

    [Fact]
    public void OwnSecret_StaysAndIsMadeAnewOnceOthersCouldReadIt()
    {
        using var parent = new TemporaryFolder();
        string secret = OwnSecret.Keep(parent.In("token"));

        Assert.Equal(secret, OwnSecret.Keep(parent.In("token")));
        File.SetUnixFileMode(parent.In("token"), OwnerOnly | UnixFileMode.OtherRead);
        Assert.NotEqual(secret, OwnSecret.Keep(parent.In("token")));
    }

    private static void Open(string path) => File.SetUnixFileMode(path, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
}
