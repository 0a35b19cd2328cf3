using System.Text.Json;
using Orchestrator.Agents.Durability;
using Orchestrator.Torture.Victims;

namespace Orchestrator.Torture.Kills;

/// <summary>Starts cases and drives them to their end through whatever victim lives, a number of them at once. What one victim left undone the next is asked again.</summary>
internal sealed class Load(int seed, Invariants invariants)
{
    private const int InFlight = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly List<Case> _cases = [];
    private readonly Queue<Case> _fresh = new();
    private readonly Queue<Case> _interrupted = new();

    public IReadOnlyList<Case> Cases => _cases;

    /// <summary>Until the victim is gone, or nothing is left to do.</summary>
    /// <param name="cases">How many cases there are to do: new ones beside those left undone.</param>
    /// <returns>Whether the victim died.</returns>
    public async Task<bool> RunAsync(VictimProcess victim, int cases)
    {
        lock (_gate)
        {
            while (_fresh.Count + _interrupted.Count < cases)
            {
                _fresh.Enqueue(NewCase());
            }
        }

        bool[] died = await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(() => WorkAsync(victim))));
        return died.Contains(true);
    }

    /// <summary>Looks again at each case that is known to the hub, ended or not.</summary>
    public async Task CheckAsync(VictimProcess victim, IReadOnlyList<Case> cases)
    {
        foreach (Case[] some in cases.Where(it => it.StartAcknowledged).Chunk(InFlight))
        {
            await Task.WhenAll(some.Select(it => LookAsync(victim, it)));
        }
    }

    private async Task<bool> WorkAsync(VictimProcess victim)
    {
        while (invariants.Broken.Count == 0 && Next() is { } next)
        {
            try
            {
                await DriveAsync(victim, next);
            }
            catch (VictimGoneException)
            {
                lock (_gate)
                {
                    _interrupted.Enqueue(next);
                }

                return true;
            }
            catch (Exception failure) when (failure is VictimSaysNoException or TimeoutException)
            {
                invariants.Break(next, $"neither ended nor waits legally: {failure.Message}");
            }
        }

        return false;
    }

    private async Task DriveAsync(VictimProcess victim, Case it)
    {
        if (!it.StartAcknowledged)
        {
            bool before = it.StartSent;
            it.StartSent = true;
            await SayAsync(victim, $"start {it.Shape} {it.Id}", before ? nameof(OrchestrationAlreadyExistsException) : null);
            it.StartAcknowledged = true;
        }

        foreach (SentEvent sent in it.Events)
        {
            // One that was acknowledged is sent again now and then, as webhooks are.
            int times = (sent.Acknowledged ? 0 : 1) + (Chance(10) ? 1 : 0);
            for (; times > 0; times--)
            {
                await SayAsync(victim, $"raise {it.Id} {sent.Name} {sent.Id} {sent.Id}", nameof(InstanceCompletedException));
                sent.Acknowledged = true;
            }

            if (Chance(5))
            {
                await LookAsync(victim, it);
            }
        }

        it.End = await victim.AskAsync($"end {it.Id}").WaitAsync(Patience);
        await LookAsync(victim, it);
    }

    private async Task LookAsync(VictimProcess victim, Case it)
    {
        IReadOnlyList<HistoryEntry> history = await HistoryAsync(victim, it.Id);
        IReadOnlyList<HistoryEntry> child = it.End is not null && it.Shape == "refund" ? await HistoryAsync(victim, $"{it.Id}:tell") : [];
        invariants.Check(it, history, child);
    }

    private static async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(VictimProcess victim, string id) =>
        JsonSerializer.Deserialize<List<HistoryEntry>>(await victim.AskAsync($"history {id}").WaitAsync(Patience))!;

    /// <param name="known">The refusal that means it was heard before.</param>
    private static async Task SayAsync(VictimProcess victim, string request, string? known)
    {
        try
        {
            await victim.AskAsync(request).WaitAsync(Patience);
        }
        catch (VictimSaysNoException refused) when (refused.Error == known)
        {
        }
    }

    private Case? Next()
    {
        lock (_gate)
        {
            return _interrupted.TryDequeue(out Case? next) || _fresh.TryDequeue(out next) ? next : null;
        }
    }

    private Case NewCase()
    {
        string id = $"case-{_cases.Count}";
        Case fresh = _random.Next(10) switch
        {
            < 2 => new Case(id, "fan", []),
            < 4 => new Case(id, "collect", [.. Enumerable.Range(0, VictimTasks.CollectedParts).Select(part => new SentEvent("part", $"{id}/part{part}"))]),
            _ => new Case(id, "refund", [new SentEvent("approved", $"{id}/yes")]),
        };
        _cases.Add(fresh);
        return fresh;
    }

    private bool Chance(int percent)
    {
        lock (_gate)
        {
            return _random.Next(100) < percent;
        }
    }
}
