using System.Collections.Concurrent;
using System.Text.Json;
using Orchestrator.Agents.Durability;
using Orchestrator.Torture.Victims;

namespace Orchestrator.Torture.Kills;

/// <summary>
/// What must hold whenever one looks: acknowledged starts, events and steps are there, no recorded step ran again, one payment per key, every instance ended rightly.
/// The chain over history is the engine's own check, asked for beside this.
/// </summary>
internal sealed class Invariants(VictimOptions files)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Case, string Step), List<(string Execution, string Handed)>> _executions = [];
    private readonly ConcurrentQueue<string> _broken = new();
    private int _linesRead;

    public IReadOnlyCollection<string> Broken => _broken;

    public void Break(Case it, string what) => _broken.Enqueue($"{it.Shape} '{it.Id}': {what}");

    public void Break(string what) => _broken.Enqueue(what);

    /// <param name="child">History of its sub-orchestration, once it ended.</param>
    public void Check(Case it, IReadOnlyList<HistoryEntry> history, IReadOnlyList<HistoryEntry> child)
    {
        CheckOrder(it, history);
        if (it.KeepsHistory)
        {
            int lost = Enumerable.Range(0, it.Seen.Count).FirstOrDefault(step => step >= history.Count || history[step] != it.Seen[step], -1);
            if (lost >= 0)
            {
                Break(it, $"step {lost + 1} was {it.Seen[lost]} and is {history.ElementAtOrDefault(lost)?.ToString() ?? "gone"}");
            }

            foreach (SentEvent sent in it.Events)
            {
                int times = history.Count(entry => entry.Kind == "EventRaised" && Text(entry.Payload) == sent.Id);
                if (times > 1 || (sent.Acknowledged && times == 0))
                {
                    Break(it, $"event {sent.Id} was {(sent.Acknowledged ? "acknowledged" : "sent")} and is there {times} times");
                }
            }

            CheckSteps(it, history);
            CheckSteps(it, child);
        }

        it.Seen = history;
        if (it.End is not null && it.End != $"Completed {JsonSerializer.Serialize(Output(it, history))}")
        {
            Break(it, $"ended with {it.End} and its history says {Output(it, history)}");
        }
    }

    /// <summary>Once all cases ended: exactly one payment for each that pays.</summary>
    public void CheckBank(IEnumerable<Case> cases)
    {
        ILookup<string, string> payments = Bank.Payments(files.BankPath).ToLookup(payment => payment.Key, payment => payment.Receipt);
        foreach (Case it in cases.Where(it => it.Shape == "refund"))
        {
            if (payments[it.Id].ToArray() is not [string receipt] || !it.End!.EndsWith($"/{receipt}\"", StringComparison.Ordinal))
            {
                Break(it, $"the bank has {payments[it.Id].Count()} payments ({string.Join(' ', payments[it.Id])}) and the case ended with {it.End}");
            }
        }
    }

    private void CheckOrder(Case it, IReadOnlyList<HistoryEntry> history)
    {
        if (history.Count == 0 || history[0].Kind != "ExecutionStarted")
        {
            Break(it, "its history has no start");
        }

        HashSet<(string, int)> asked = [], done = [];
        foreach (HistoryEntry entry in history.Where(entry => entry is { TaskId: not null, Kind: not ("TaskCrashed" or "ExecutionFailed") }))
        {
            (string Task, int Id) step = (entry.Kind[..4], entry.TaskId!.Value);
            bool isAsked = entry.Kind is "TaskScheduled" or "TimerCreated" or "SubOrchestrationInstanceCreated";
            if (!(isAsked ? asked : done).Add(step) || (!isAsked && !asked.Contains(step)))
            {
                Break(it, $"{entry.Kind} #{entry.TaskId} is there twice or before it was asked for");
            }
        }
    }

    private void CheckSteps(Case it, IReadOnlyList<HistoryEntry> history)
    {
        Dictionary<int, string[]> inputs = history.Where(entry => entry.Kind == "TaskScheduled").ToDictionary(entry => entry.TaskId!.Value, entry => Text(entry.Payload).Split(' '));
        foreach (HistoryEntry entry in history.Where(entry => entry.Kind is "TaskCompleted" or "TaskFailed"))
        {
            string[] input = inputs[entry.TaskId!.Value];
            string recorded = entry.Kind == "TaskFailed" ? "a failure" : Text(entry.Payload).Split('/')[0];
            (string Execution, string Handed)[] ran = ExecutionsOf(it.Id, input[1]);
            if (ran.Length == 0 || ran[^1].Execution != recorded)
            {
                Break(it, $"step {input[1]} is recorded as {recorded} and ran as {string.Join(", ", ran)}");
            }

            if (ran.Any(run => run.Handed != input[2]))
            {
                Break(it, $"step {input[1]} was recorded with '{input[2]}' and ran with {string.Join(", ", ran)}: what it was handed had been lost");
            }

            if (ran.DistinctBy(run => run.Execution.Split('.')[0]).Count() != ran.Length)
            {
                Break(it, $"step {input[1]} ran twice in one process: {string.Join(", ", ran)}");
            }
        }
    }

    private (string Execution, string Handed)[] ExecutionsOf(string id, string step)
    {
        lock (_gate)
        {
            IReadOnlyList<string> lines = Ledger.Read(files.LedgerPath, _linesRead);
            _linesRead += lines.Count;
            foreach (string[] words in lines.Select(line => line.Split(' ')))
            {
                (string, string) key = (words[0], words[1]);
                if (!_executions.TryGetValue(key, out List<(string, string)>? ran))
                {
                    _executions.Add(key, ran = []);
                }

                ran.Add((words[2], words[3]));
            }

            return _executions.TryGetValue((id, step), out List<(string, string)>? executions) ? [.. executions] : [];
        }
    }

    /// <summary>What a case must end with, from what it was told.</summary>
    private static string Output(Case it, IReadOnlyList<HistoryEntry> history)
    {
        IEnumerable<string> results = history
            .Where(entry => entry.Kind is "TaskCompleted" or "SubOrchestrationInstanceCompleted")
            .OrderBy(entry => entry.TaskId)
            .Select(entry => Text(entry.Payload));
        IEnumerable<string> events = it.Events.Select(sent => sent.Id);
        return string.Join(' ', it.Shape switch
        {
            "refund" => results.Take(1).Concat(events).Concat(results.Skip(1)),
            "collect" => events.Prepend(it.Id),
            _ => results,
        });
    }

    private static string Text(string? json) => json is null ? "" : JsonSerializer.Deserialize<string>(json)!;
}
