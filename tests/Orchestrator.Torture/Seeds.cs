using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.Torture;

/// <summary>Runs one seed after the other, several at a time, until one breaks a promise or the time is over.</summary>
internal sealed class Seeds(int first, int count, TimeSpan budget)
{
    private readonly Lock _gate = new();
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly int _end = first + count;
    private int _next = first, _done;
    private long _saidAt;
    private (int Seed, Exception Failure)? _failed;

    /// <returns>0, or 1 when a promise was broken.</returns>
    public int Run(int threads, Func<int, string> run)
    {
        Thread[] all = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() => Work(run)))];
        Array.ForEach(all, thread => thread.Start());
        Array.ForEach(all, thread => thread.Join());
        double seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        if (_failed is { } failed)
        {
            Console.Error.WriteLine($"seed {failed.Seed} broke a promise: {failed.Failure.Message}");
            Console.Error.WriteLine(failed.Failure);
            Console.Error.WriteLine($"replay it with: --seed {failed.Seed} --runs 1");
            return 1;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_done} of {count} seeds from {_end - count} on in {seconds:F1} s, no promise broken"));
        return _done > 0 ? 0 : 1;
    }

    private void Work(Func<int, string> run)
    {
        while (Take() is { } seed)
        {
            try
            {
                string said = run(seed);
                lock (_gate)
                {
                    _done++;
                    Progress(seed, said);
                }
            }
            catch (Exception failure)
            {
                lock (_gate)
                {
                    _failed ??= (seed, failure);
                }
            }
        }
    }

    private int? Take()
    {
        lock (_gate)
        {
            return _failed is null && _next < _end && Stopwatch.GetElapsedTime(_began) < budget ? _next++ : null;
        }
    }

    private void Progress(int seed, string said)
    {
        if (count == 1 || Stopwatch.GetElapsedTime(_saidAt) > TimeSpan.FromSeconds(2))
        {
            _saidAt = Stopwatch.GetTimestamp();
            Console.Error.WriteLine($"{_done}/{count} seed {seed}: {said}");
        }
    }
}
