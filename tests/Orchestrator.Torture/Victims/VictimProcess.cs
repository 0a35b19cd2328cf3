using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.Torture.Victims;

/// <summary>A victim from its parent's side. What it answered before its death counts as acknowledged, however late it is read.</summary>
internal sealed class VictimProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _asked = new();
    private readonly TaskCompletionSource<(TimeSpan Engine, TimeSpan Process)> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _writing = new();
    private readonly Task<string> _errors;
    private readonly Task _reading;
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _number, _answers;
    private int _awaited = int.MaxValue;
    private volatile bool _gone;

    private VictimProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>How long the engine took to start, and how long the process did.</summary>
    public Task<(TimeSpan Engine, TimeSpan Process)> Ready => _ready.Task;

    public bool HasExited => _process.HasExited;

    public static VictimProcess Start(VictimOptions options)
    {
        ProcessStartInfo start = new(Host())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(VictimProcess).Assembly.Location);
        foreach (string argument in options.ToArguments())
        {
            start.ArgumentList.Add(argument);
        }

        // It lives for a moment: code that is compiled quickly serves it best.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new VictimProcess(Process.Start(start)!);
    }

    /// <exception cref="VictimGoneException">It died before it answered.</exception>
    /// <exception cref="VictimSaysNoException">The client's call threw.</exception>
    public async Task<string> AskAsync(string request)
    {
        int number = Interlocked.Increment(ref _number);
        TaskCompletionSource<string> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[number] = answer;
        Send(string.Create(CultureInfo.InvariantCulture, $"{number} {request}\n"));
        if (_gone)
        {
            answer.TrySetException(new VictimGoneException("it was gone before"));
        }

        return await answer.Task;
    }

    /// <summary>Ends with its how-manieth answer.</summary>
    public Task AnsweredAsync(int answers)
    {
        Volatile.Write(ref _awaited, answers);
        if (Volatile.Read(ref _answers) >= answers)
        {
            _answered.TrySetResult();
        }

        return _answered.Task;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await GoneAsync();
    }

    /// <summary>Waits for its death and reads all it said.</summary>
    public async Task<int> GoneAsync()
    {
        await _reading;
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async Task StopAsync()
    {
        await AskAsync("stop");
        await GoneAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        await GoneAsync();
        _process.Dispose();
    }

    private void Send(string line)
    {
        try
        {
            lock (_writing)
            {
                _process.StandardInput.Write(line);
                _process.StandardInput.Flush();
            }
        }
        catch (IOException)
        {
            // The reader sees the end of it too.
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.EndsWith(Answers.EndMark, StringComparison.Ordinal))
            {
                Hear(line[..^Answers.EndMark.Length]);
            }
        }

        _gone = true;
        VictimGoneException gone = new(await _errors);
        _ready.TrySetException(gone);
        _ = _ready.Task.Exception;
        foreach (TaskCompletionSource<string> asked in _asked.Values)
        {
            asked.TrySetException(gone);
        }
    }

    private void Hear(string line)
    {
        string[] words = line.Split(' ', 3);
        if (words[0] == "ready")
        {
            _ready.TrySetResult((Milliseconds(words[1]), Stopwatch.GetElapsedTime(_began)));
        }
        else if (words[0] == "refused")
        {
            _ready.TrySetException(new VictimRefusedException(Milliseconds(words[1]), words[2]));
        }
        else if (_asked.TryRemove(int.Parse(words[0], CultureInfo.InvariantCulture), out TaskCompletionSource<string>? asked))
        {
            if (Interlocked.Increment(ref _answers) >= Volatile.Read(ref _awaited))
            {
                _answered.TrySetResult();
            }

            string rest = words.Length > 2 ? words[2] : "";
            if (words[1] == "ok")
            {
                asked.TrySetResult(rest);
            }
            else
            {
                string[] refusal = rest.Split(' ', 2);
                asked.TrySetException(new VictimSaysNoException(refusal[0], refusal[1]));
            }
        }
    }

    private static TimeSpan Milliseconds(string text) => TimeSpan.FromMilliseconds(double.Parse(text, CultureInfo.InvariantCulture));

    private static string Host() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
