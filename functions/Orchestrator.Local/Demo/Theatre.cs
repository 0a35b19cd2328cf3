using System.Text.Json;
using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Local.Serving;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Demo;

/// <summary>The processes that the story is played on: the sandbox, and the orchestrator that is killed and started again. State is temporary.</summary>
internal sealed class Theatre : IAsyncDisposable
{
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(2);

    private readonly string _root;
    private ChildProcess? _sandboxProcess;
    private ChildProcess? _server;

    private Theatre(string root) => _root = root;

    public StateFolder Folder => StateFolder.Choose(Path.Combine(_root, "state"));

    public SandboxFile Sandbox { get; private set; } = SandboxFile.None;

    public bool IsServing => _server is { HasExited: false };

    /// <summary>Whether the orchestrator is dead; looked at a while, for who spoke to it hears of its death before its parent does.</summary>
    public async Task<bool> IsGoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (_server?.WaitForExitAsync(cancellationToken) ?? Task.CompletedTask).WaitAsync(Notice, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private string AddressFile => Path.Combine(_root, "sandbox.json");

    public static async Task<Theatre> BuildAsync(CancellationToken cancellationToken)
    {
        var theatre = new Theatre(Directory.CreateTempSubdirectory("orchestrator-demo-").FullName);
        try
        {
            PrivateFile.CreateFolder(theatre._root);
            theatre._sandboxProcess = ChildProcess.Start(["sandbox", "--state", Path.Combine(theatre._root, "sandbox")], new Dictionary<string, string>());
            PrivateFile.Write(theatre.AddressFile, await theatre._sandboxProcess.ReadyAsync(cancellationToken));
            theatre.Sandbox = SandboxFile.Read(theatre.AddressFile);
            return theatre;
        }
        catch
        {
            await theatre.DisposeAsync();
            throw;
        }
    }

    /// <param name="crashAt">Where the orchestrator is to be killed; null: nowhere.</param>
    public async Task<Addresses> ServeAsync(string? crashAt, CancellationToken cancellationToken)
    {
        Dictionary<string, string> environment = new() { ["ORCHESTRATOR__Sandbox__AddressFile"] = AddressFile };
        if (crashAt is not null)
        {
            environment[CrashAt.Variable] = crashAt;
        }

        _server = ChildProcess.Start(["--state", Folder.Path, "--log-format", "json"], environment);
        string ready = await _server.ReadyAsync(cancellationToken);
        return JsonSerializer.Deserialize(ready, LocalJson.Default.Addresses)!;
    }

    /// <summary>Waits until the orchestrator is dead, and clears up after it.</summary>
    public async Task AwaitDeathAsync(CancellationToken cancellationToken)
    {
        if (_server is { } dying)
        {
            await dying.WaitForExitAsync(cancellationToken);
            await StopServingAsync();
        }
    }

    public async Task StopServingAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            _server = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopServingAsync();

        if (_sandboxProcess is { } sandbox)
        {
            await sandbox.DisposeAsync();
        }

        Directory.Delete(_root, recursive: true);
    }
}
