using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Engine.TaskHub.Sqlite;

namespace Orchestrator.Engine.Tests.Faults;

/// <summary>Each refusal has its own type, a stable name and a sentence that says what to do, and takes nothing away from what was acknowledged.</summary>
public sealed class BadInputTests
{
    private static readonly Code Code = new Code()
        .Activity("grow", input => new string('x', int.Parse(input, System.Globalization.CultureInfo.InvariantCulture)))
        .Orchestrator("wait", async (context, _) => await context.Event("go"))
        .Orchestrator("two-waits", async (context, _) =>
        {
            await context.Event("wake");
            return await context.Event("go");
        })
        .Orchestrator("grow", async (context, input) => await context.Call("grow", input))
        .Orchestrator("say", (_, input) => Task.FromResult(new string('x', int.Parse(input, System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public async Task InputOrEvent_OverTheLimit_IsRefusedAndNothingOfItIsKept()
    {
        await using TaskHubFolder hub = await SmallAsync();
        await hub.StartInstanceAsync("wait");

        PayloadTooLargeException input = await Assert.ThrowsAsync<PayloadTooLargeException>(() => hub.StartInstanceAsync("wait", new string('é', 500), "case-2"));
        PayloadTooLargeException late = await Assert.ThrowsAsync<PayloadTooLargeException>(() => hub.Client.RaiseEventAsync("case-1", "go", new string('x', 1_000)));

        Assert.Equal(("payload-too-large", "payload-too-large"), (input.Name, late.Name));
        Assert.Contains("the limit is 1,000", input.Message, StringComparison.Ordinal);
        Assert.Null(await hub.Client.GetInstanceAsync("case-2"));
        await hub.Client.RaiseEventAsync("case-1", "go", "small");
        Assert.Equal("small", await hub.OutputAsync());
        await hub.StartInstanceAsync("wait", new string('x', 998), "case-2");
    }

    [Theory]
    [InlineData("grow")]
    [InlineData("say")]
    public async Task Result_OverTheLimit_FailsItsInstanceAlone(string orchestrator)
    {
        await using TaskHubFolder hub = await SmallAsync();
        await hub.StartInstanceAsync("wait", id: "other");
        await hub.StartInstanceAsync(orchestrator, "1000");

        TaskFailureDetails failure = await hub.FailureAsync();

        Assert.Contains("takes 1,002 bytes as JSON and the limit is 1,000", failure.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(998, (await hub.RunAsync(orchestrator, "998", "case-2")).Length);
        await hub.Client.RaiseEventAsync("other", "go", "on");
        Assert.Equal("on", await hub.OutputAsync("other"));
    }

    [Fact]
    public async Task UnknownOrchestrator_AtAStart_IsRefusedWithTheNamesThereAre()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);

        UnknownOrchestratorException refused = await Assert.ThrowsAsync<UnknownOrchestratorException>(() => hub.StartInstanceAsync("Wait"));

        Assert.Equal("No orchestrator named 'Wait' is registered, so nothing was started. There are: grow, say, two-waits, wait.", refused.Message);
        Assert.Null(await hub.Client.GetInstanceAsync("case-1"));
    }

    [Fact]
    public async Task UnknownOrchestrator_InHistory_IsParkedAsFailedAndGoesOnAfterARewind()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("two-waits");
        await hub.Client.RaiseEventAsync("case-1", "go", "kept");
        await hub.StartAsync(new Code());
        bool woken = await WakeAsync(hub);

        Assert.Equal("No orchestrator named 'two-waits' is registered. Deploy the version that has it, then rewind the instance.", (await hub.FailureAsync()).ErrorMessage);
        await hub.StartAsync(Code);
        await hub.Client.RewindInstanceAsync("case-1", "deployed");
        Assert.True(woken || await WakeAsync(hub));
        Assert.Equal("kept", await hub.OutputAsync());
    }

    [Fact]
    public async Task EventForAnEndedInstance_HasItsOwnErrorAndSentence()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.RunAsync("say", "1");

        InstanceCompletedException ended = await Assert.ThrowsAsync<InstanceCompletedException>(() => hub.Client.RaiseEventAsync("case-1", "go", ""));
        InstanceNotFailedException notFailed = await Assert.ThrowsAsync<InstanceNotFailedException>(() => hub.Client.RewindInstanceAsync("case-1", ""));

        Assert.Equal(("instance-ended", "instance-not-failed"), (ended.Name, notFailed.Name));
        Assert.Equal("x", await hub.OutputAsync());
    }

    [Fact]
    public async Task ReadOnlyDisk_AtAStart_IsRefusedAndGoesOnOnceItIsMended()
    {
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code);
        await hub.StartInstanceAsync("wait");

        foreach (IHubDisk disk in (IHubDisk[])[new ReadOnlyDisk(lockToo: true), new ReadOnlyDisk(lockToo: false)])
        {
            TaskHubUnavailableException refused = await Assert.ThrowsAsync<TaskHubUnavailableException>(() => hub.StartAsync(Code, options => options with { Disk = disk }));
            Assert.Equal("hub-unavailable", refused.Name);
            Assert.Contains("Read-only file system", refused.Message, StringComparison.Ordinal);
        }

        await hub.StartAsync(Code);
        await hub.Client.RaiseEventAsync("case-1", "go", "on");
        Assert.Equal("on", await hub.OutputAsync());
    }

    [Fact]
    public async Task ReadOnlyDisk_WhileRunning_StopsTheEngineAndLosesNothingAcknowledged()
    {
        SqliteDatabase? writing = null;
        bool readOnly = false;
        await using TaskHubFolder hub = new();
        await hub.StartAsync(Code, options => options with
        {
            OnOpened = database => writing = database,
            AtCrashPoint = (point, _, _) =>
            {
                if (Volatile.Read(ref readOnly) && point == nameof(CrashPoint.BeforeAppend))
                {
                    writing!.Execute("PRAGMA query_only = 1");
                }
            },
        });
        await hub.StartInstanceAsync("wait");
        await hub.Client.WaitForInstanceStartAsync("case-1");

        Volatile.Write(ref readOnly, true);
        TaskHubStoppedException stopped = await Assert.ThrowsAsync<TaskHubStoppedException>(() => hub.Client.RaiseEventAsync("case-1", "go", "never acknowledged"));

        Assert.Equal("hub-stopped", stopped.Name);
        Assert.Contains("Start it again to recover", stopped.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TaskHubStoppedException>(() => hub.Engine.Stopped);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.GetInstanceAsync("case-1"))!.RuntimeStatus);
        await hub.StartAsync(Code);
        await hub.Client.RaiseEventAsync("case-1", "go", "acknowledged");
        Assert.Equal("acknowledged", await hub.OutputAsync());
    }

    /// <summary>False when the instance was awake at the start and has failed already.</summary>
    private static async Task<bool> WakeAsync(TaskHubFolder hub)
    {
        try
        {
            await hub.Client.RaiseEventAsync("case-1", "wake", "");
            return true;
        }
        catch (InstanceCompletedException)
        {
            return false;
        }
    }

    private static async Task<TaskHubFolder> SmallAsync()
    {
        TaskHubFolder hub = new();
        await hub.StartAsync(Code, options => options with { MaxPayloadBytes = 1_000 });
        return hub;
    }

    /// <summary>The file system, mounted read-only.</summary>
    private sealed class ReadOnlyDisk(bool lockToo) : IHubDisk
    {
        public string? Vfs => null;

        public IDisposable Lock(string path) => lockToo ? throw Refusal(path) : FileDisk.Instance.Lock(path);

        public void CreateDatabase(string path) => throw Refusal(path);

        public bool Exists(string path) => FileDisk.Instance.Exists(path);

        public ISideFile OpenSide(string path) => throw Refusal(path);

        private static IOException Refusal(string path) => new($"Read-only file system : '{path}'");
    }
}
