using System.Collections.Concurrent;
using System.Diagnostics;
using Orchestrator.Local.Commands;

namespace Orchestrator.Local.Demo;

/// <summary>Another process of this executable, that ends with this one.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _talk = new();
    private readonly TaskCompletionSource<string> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var (fileName, whole) = Invocation.Again([.. arguments, "--with-parent"]);
        var start = new ProcessStartInfo(fileName, whole) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("ORCHESTRATOR_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            _ = start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => child.Said(line.Data);
        process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        process.Exited += (_, _) => child._firstLine.TrySetException(new LocalException($"A process of the demo ended early:{Environment.NewLine}{string.Join(Environment.NewLine, child._talk)}"));
        _ = process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The first line that it prints: both kinds of child say there where they are.</summary>
    public Task<string> ReadyAsync(CancellationToken cancellationToken) => _firstLine.Task.WaitAsync(Patience, cancellationToken);

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private void Said(string? line)
    {
        if (line is not null)
        {
            _ = _firstLine.TrySetResult(line);
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _talk.Enqueue(line);
        if (_talk.Count > 200)
        {
            _ = _talk.TryDequeue(out _);
        }
    }
}
