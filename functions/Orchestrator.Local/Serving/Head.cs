using System.Net;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Connectors.Keys;
using Orchestrator.Connectors.Policy;
using Orchestrator.Connectors.Records;
using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Connectors.Settings;
using Orchestrator.Engine;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Local.Commands;
using Orchestrator.Local.Sandboxes;
using Orchestrator.Local.Settings;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Serving;

/// <summary>The whole product in one process, from the lock on its state folder to the pages.</summary>
internal sealed class Head : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _owned = new();

    private Head(StateFolder folder, LocalSettings settings) => (Folder, Settings) = (folder, settings);

    public StateFolder Folder { get; }

    public LocalSettings Settings { get; }

    public SandboxFile Sandbox { get; private set; } = SandboxFile.None;

    public ServingEndpoint Endpoint { get; private set; } = null!;

    private WebApplication App { get; set; } = null!;

    private DurableEngine Engine { get; set; } = null!;

    /// <exception cref="LocalException">Something that the person at the keyboard can mend.</exception>
    public static async Task<Head> StartAsync(StateFolder folder, LocalSettings settings, bool portIsFixed, bool jsonLogs, TimeProvider clock, CancellationToken cancellationToken)
    {
        var head = new Head(folder, settings);
        try
        {
            await head.StartAsync(portIsFixed, jsonLogs, clock, cancellationToken);
            return head;
        }
        catch (Exception refused) when (refused is RecordsException or TaskHubInUseException or TaskHubVersionException or TaskHubUnavailableException or SettingsException)
        {
            await head.DisposeAsync();
            throw new LocalException(refused.Message, refused);
        }
        catch (TaskHubDamagedException damaged)
        {
            await head.DisposeAsync();
            throw Damaged(folder, damaged);
        }
        catch
        {
            await head.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="LocalException">The engine could not go on.</exception>
    public async Task UntilStoppedAsync(CancellationToken cancellationToken)
    {
        Task stopped = Engine.Stopped;
        if (await Task.WhenAny(stopped, Task.Delay(Timeout.Infinite, cancellationToken)) == stopped)
        {
            if (stopped.Exception?.InnerException?.InnerException is TaskHubDamagedException damaged)
            {
                throw Damaged(Folder, damaged);
            }

            throw new LocalException($"The engine stopped: {stopped.Exception?.InnerException?.Message} Start again once that is mended; nothing acknowledged is lost.");
        }
    }

    private static LocalException Damaged(StateFolder folder, TaskHubDamagedException damaged)
    {
        List<string> lines = [damaged.Message, $"  {Invocation.Command(folder, "hub verify")}", $"  {Invocation.Command(folder, "hub restore FILE")}"];
        if (damaged.Report.CanBeAccepted)
        {
            lines.Add($"  {Invocation.Command(folder, "hub verify --accept-loss --as WHO --reason WHY")}");
        }

        return new LocalException(string.Join(Environment.NewLine, lines), damaged);
    }

    public async ValueTask DisposeAsync()
    {
        while (_owned.TryPop(out IAsyncDisposable? one))
        {
            await one.DisposeAsync();
        }
    }

    private async Task StartAsync(bool portIsFixed, bool jsonLogs, TimeProvider clock, CancellationToken cancellationToken)
    {
        CrashAt? crash = CrashAt.FromEnvironment(Settings.Shared);
        using PortsLock turn = await PortsLock.TakeAsync(clock, cancellationToken);
        var ports = new RememberedPorts(Folder);
        int port = ports.Take("web", Settings.Web.Port, portIsFixed);
        Task<SqliteRecords> opening = Task.Run(() => SqliteRecords.OpenAsync(Folder.Records, clock, cancellationToken), cancellationToken);
        Task<StandIns> standing = Task.Run(() => StandIns.StartAsync(Settings.Shared, Folder, ports, clock, cancellationToken), cancellationToken);
        await OwnAsync(opening, standing);
        StandIns standIns = await standing;
        SqliteRecords records = await opening;
        Sandbox = standIns.File;
        Uri local = AddressOf(port);
        await standIns.FurnishAsync(Folder, Settings.Shared, new(local, "webhooks/stripe"), cancellationToken);
        ports.Save();

        string policy = Settings.Shared.Policy.File ?? Folder.Policy;
        if (Settings.Shared.Policy.File is null)
        {
            _ = PolicyFile.WriteDefault(policy);
        }

        App = Web.Build(this, port, Settings.Web.PublicAddress ?? local, jsonLogs, policy, records, crash, clock);
        _owned.Push(new Stopping(App));
        Engine = App.Services.GetRequiredService<DurableEngine>();
        await KeyGuard.CheckAsync(App.Services.GetRequiredService<IKeyVault>(), Settings.Shared, cancellationToken);
        await Engine.StartAsync(cancellationToken);
        await App.Services.GetRequiredService<InboxIntake>().StartLeftBehindAsync(cancellationToken);
        await App.Services.GetRequiredService<ApprovalDesk>().AnnounceLeftBehindAsync(within: null, cancellationToken);
        await StartListeningAsync(port, cancellationToken);

        Endpoint = new(local, Settings.Web.PublicAddress ?? local, Environment.ProcessId, SignInName(Settings.Shared.SignIn.Kind), clock.GetUtcNow());
        Endpoint.Write(Folder);
        _owned.Push(new Leaving(Folder));
    }

    private async Task StartListeningAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            await App.StartAsync(cancellationToken);
        }
        catch (IOException taken)
        {
            throw new LocalException($"Port {port} is taken. Stop what uses it, or choose another with --port.", taken);
        }
    }

    private Uri AddressOf(int port)
    {
        IPAddress listen = Settings.Web.Listen;
        string host = IPAddress.IsLoopback(listen) || listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any) ? "127.0.0.1" : listen.ToString();
        return new UriBuilder("http", host, port).Uri;
    }

    private static string SignInName(SignInKind kind) => kind switch
    {
        SignInKind.Proxy => "proxy",
        SignInKind.AppService => "appService",
        _ => "development",
    };

    /// <summary>Waits for both and owns what came of them, also when one of them failed: it is to be let go of then.</summary>
    private async Task OwnAsync(Task<SqliteRecords> opening, Task<StandIns> standing)
    {
        await Task.WhenAll(opening, standing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
        {
            _owned.Push(await opening);
        }

        if (standing.IsCompletedSuccessfully)
        {
            _owned.Push(await standing);
        }
    }

    /// <summary>Answers what was asked, takes nothing new, then lets go of everything: the engine last.</summary>
    private sealed class Stopping(WebApplication app) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync(Patience);
            await app.DisposeAsync();
        }
    }

    /// <summary>Nobody is to be sent to a process that is going.</summary>
    private sealed class Leaving(StateFolder folder) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            ServingEndpoint.Remove(folder);
            return ValueTask.CompletedTask;
        }
    }
}
