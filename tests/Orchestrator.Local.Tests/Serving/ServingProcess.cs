using System.Diagnostics;
using System.Text.Json;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Tests.Serving;

/// <summary>The executable that serves, until it is disposed.</summary>
internal sealed class ServingProcess : IAsyncDisposable
{
    /// <summary>The collection of tests that start processes: a port that one of them left for a moment must not be another's when it comes back.</summary>
    public const string OneAfterTheOther = "serving processes";

    private readonly Process _process;

    private ServingProcess(Process process, JsonElement ready) => (_process, Ready) = (process, ready);

    public JsonElement Ready { get; }

    public static async Task<ServingProcess> StartAsync(StateFolder folder, params (string Name, string Value)[] environment)
    {
        Process process = Executable.Start(["--state", folder.Path, "--log-format", "json", "--with-parent"], environment);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Task<string> talk = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string? line = await process.StandardOutput.ReadLineAsync(patience.Token);
        return line is null ? throw new InvalidOperationException(await talk) : new(process, JsonElement.Parse(line));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        Assert.Equal(0, _process.ExitCode);
        _process.Dispose();
    }
}
