using Orchestrator.Engine;
using Orchestrator.Torture.Victims;

namespace Orchestrator.Torture.Kills;

/// <summary>One hub through many deaths: victims one after the other under load, each killed at its moment, then one that lives to finish all of it.</summary>
internal sealed class KillCampaign : IDisposable
{
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(30);

    private readonly int _seed;
    private readonly Random _random;
    private readonly VictimOptions _options;
    private readonly Invariants _invariants;
    private readonly Load _load;
    private int _generation;

    public KillCampaign(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _options = new VictimOptions(Directory.CreateTempSubdirectory("torture-").FullName, 0)
        {
            // Small enough at times that most of the waiting ones are out of memory when it comes.
            MaxResidentInstances = _random.Next(2) == 0 ? 8 : 2_000,
        };
        _invariants = new Invariants(_options);
        _load = new Load(_random.Next(), _invariants);
    }

    public int Kills { get; private set; }

    public IReadOnlyCollection<string> Broken => _invariants.Broken;

    /// <summary>Kills at a random moment: of the start and recovery, or of the work after it.</summary>
    public async Task KillAsync()
    {
        bool whileStarting = _random.Next(5) == 0;
        int answers = whileStarting ? 0 : _random.Next(300);
        TimeSpan afterThat = TimeSpan.FromMilliseconds(whileStarting ? _random.Next(300) : _random.NextDouble() * 5);
        await using VictimProcess victim = VictimProcess.Start(Next());
        Task<bool> work = WorkAsync(victim, cases: 400);
        if (!whileStarting && !await IsReadyAsync(victim))
        {
            return;
        }

        // Counted in answers, so that a slow machine has as much under way as a fast one.
        await Task.WhenAny(work, victim.AnsweredAsync(answers));
        await Task.WhenAny(work, Task.Delay(afterThat));
        await victim.KillAsync();
        await work;
        Kills++;
    }

    /// <summary>Lets the victim kill itself at a point.</summary>
    public async Task CrashAsync(CrashPoint point, int time)
    {
        await using VictimProcess victim = VictimProcess.Start(Next() with { CrashPoint = point, CrashTime = time });
        if (!await WorkAsync(victim, cases: 60 + time))
        {
            _invariants.Break($"{point} was not met {time} times by a process that did all of its work");
            return;
        }

        Kills++;
    }

    /// <summary>Finishes everything and looks at all of it once more.</summary>
    public async Task<Tally> EndAsync()
    {
        await using VictimProcess victim = VictimProcess.Start(Next());
        if (await IsReadyAsync(victim))
        {
            await _load.CheckAsync(victim, _load.Cases);
            if (await _load.RunAsync(victim, cases: 0))
            {
                _invariants.Break($"the last process died by itself with {await victim.GoneAsync()}");
            }
            else if (Broken.Count == 0)
            {
                await _load.CheckAsync(victim, _load.Cases);
                await VerifyAsync(victim);
                _invariants.CheckBank(_load.Cases);
                await victim.StopAsync();
            }
        }

        return Tally.Of(Kills, _load.Cases);
    }

    /// <summary>The files stay where something broke.</summary>
    public void Dispose()
    {
        if (Broken.Count == 0)
        {
            Directory.Delete(_options.Folder, recursive: true);
        }
    }

    public override string ToString() =>
        Broken.Count == 0 ? $"seed {_seed}: nothing broken in {Kills} kills" : $"seed {_seed}, files in {_options.Folder}:\n  {string.Join("\n  ", Broken.Take(20))}";

    private VictimOptions Next() => _options with { Generation = _generation++ };

    private async Task<bool> WorkAsync(VictimProcess victim, int cases)
    {
        try
        {
            await victim.Ready;
        }
        catch (VictimGoneException)
        {
            return true;
        }

        // What was acknowledged to the one before must be there before anything new comes.
        try
        {
            await _load.CheckAsync(victim, [.. _load.Cases.Where(it => it.End is null)]);
        }
        catch (VictimGoneException)
        {
            return true;
        }

        return await _load.RunAsync(victim, cases);
    }

    private async Task<bool> IsReadyAsync(VictimProcess victim)
    {
        try
        {
            await victim.Ready.WaitAsync(ReadyPatience);
            return true;
        }
        catch (Exception failure) when (failure is VictimGoneException or VictimRefusedException or TimeoutException)
        {
            _invariants.Break($"process {_generation - 1} did not start: {failure.Message}");
            return false;
        }
    }

    private async Task VerifyAsync(VictimProcess victim)
    {
        string report = await victim.AskAsync("verify");
        if (!report.StartsWith("True ", StringComparison.Ordinal))
        {
            _invariants.Break(report);
        }
    }
}
