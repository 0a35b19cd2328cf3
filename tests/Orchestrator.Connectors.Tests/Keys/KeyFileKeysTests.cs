using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Keys;

namespace Orchestrator.Connectors.Tests.Keys;

public sealed class KeyFileKeysTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();

    private string Path => _folder.File("keys.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetKey_LastVersion_IsTheOneAndARotationCountsAtOnce()
    {
        Write("""{"stripe-read": [{"version": "1", "value": "one"}, {"version": "2", "value": "two", "expires": "2026-12-01T00:00:00Z"}]}""");
        var keys = new KeyFileKeys(Path, _clock);
        KeyLease before = await keys.GetKeyAsync("stripe-read", default);
        Write("""{"stripe-read": [{"version": "2", "value": "two"}, {"version": "3", "value": "three"}]}""");
        KeyLease after = await keys.GetKeyAsync("stripe-read", default);

        Assert.Equal(("2", "two"), (before.Version, before.Reveal()));
        Assert.Equal(("3", "three"), (after.Version, after.Reveal()));
    }

    [Fact]
    public async Task GetKey_NotValidYet_MayWorkLater()
    {
        Write("""{"stripe-read": [{"version": "1", "value": "SECRET", "notBefore": "2026-11-21T09:00:01Z"}]}""");
        TransientFailureException early = await Assert.ThrowsAsync<TransientFailureException>(() => new KeyFileKeys(Path, _clock).GetKeyAsync("stripe-read", default));
        Assert.Contains("not valid before", early.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", early.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "has no key 'stripe-read'")]
    [InlineData("""{"stripe-read": []}""", "has no key 'stripe-read'")]
    [InlineData("""{"stripe-read": [{"version": "1", "value": "SECRET"}, {"version": "2", "value": "SECRET", "enabled": false}]}""", "is disabled")]
    [InlineData("""{"stripe-read": [{"version": "1", "value": "SECRET", "expires": "2026-11-21T09:00:00Z"}]}""", "expired at 2026-11-21 09:00:00Z")]
    [InlineData("""{"stripe-read": [{"version": "1", "value": "SECRET"}, {"version": "1", "value": "SECRET2"}]}""", "no other version")]
    [InlineData("""{"stripe-read": [{"version": "1"}]}""", "must have a value")]
    [InlineData("""{"stripe-read": [{"version": "1", "value": "SECRET", "enabld": false}]}""", "line 1")]
    [InlineData("{\n\"stripe-read\": SECRET", "line 2")]
    public async Task GetKey_NoVersionThatMayBeUsed_SaysWhyWithoutShowingIt(string json, string says)
    {
        Write(json);
        PermanentFailureException refused = await Assert.ThrowsAsync<PermanentFailureException>(() => new KeyFileKeys(Path, _clock).GetKeyAsync("stripe-read", default));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Owner | UnixFileMode.GroupRead)]
    [InlineData(Owner | UnixFileMode.OtherRead)]
    [InlineData(Owner | UnixFileMode.UserExecute)]
    [InlineData(Owner | UnixFileMode.GroupWrite)]
    public async Task GetKey_FileThatOthersMayTouch_IsRefused(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("""{"stripe-read": [{"version": "1", "value": "one"}]}""");
        File.SetUnixFileMode(Path, mode);
        PermanentFailureException refused = await Assert.ThrowsAsync<PermanentFailureException>(() => new KeyFileKeys(Path, _clock).GetKeyAsync("stripe-read", default));
        Assert.Contains($"chmod 600 {Path}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetKey_FileOfAnotherUser_IsRefused()
    {
        Write("""{"stripe-read": [{"version": "1", "value": "one"}]}""");
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux())
        {
            // Only root can give a file away, and only root can read such a file at all.
            return;
        }

        using (var chown = System.Diagnostics.Process.Start("chown", ["65534", Path]))
        {
            await chown.WaitForExitAsync();
        }

        PermanentFailureException refused = await Assert.ThrowsAsync<PermanentFailureException>(() => new KeyFileKeys(Path, _clock).GetKeyAsync("stripe-read", default));
        Assert.Contains("belongs to another user (id 65534)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetKey_ReadOnlyForTheOwner_IsFine()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("""{"mail": [{"version": "1", "value": "one"}]}""");
        File.SetUnixFileMode(Path, UnixFileMode.UserRead);
        Assert.Equal("one", (await new KeyFileKeys(Path, _clock).GetKeyAsync("mail", default)).Reveal());
    }

    [Fact]
    public async Task GetKey_NoFile_SaysWhich() =>
        Assert.Contains(Path, (await Assert.ThrowsAsync<PermanentFailureException>(() => new KeyFileKeys(Path, _clock).GetKeyAsync("mail", default))).Message, StringComparison.Ordinal);

    private void Write(string json)
    {
        File.WriteAllText(Path, json);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, Owner);
        }
    }
}
