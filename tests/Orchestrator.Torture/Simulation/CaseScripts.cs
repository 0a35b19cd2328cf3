using System.Globalization;
using System.Text.Json;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Torture.Simulation;

/// <summary>Those who start cases, answer them, and hold the engine to what it answered. They live on while the process dies.</summary>
internal sealed class CaseScripts(Insistence insistence, CaseBook book, SimulatedClock clock, Random random)
{
    public Task RunAsync(int number) => (number % 5) switch
    {
        0 => RefundAsync($"refund-{number}"),
        1 => TallyAsync($"tally-{number}"),
        2 => FamilyAsync($"family-{number}"),
        3 => RaceAsync($"race-{number}"),
        _ => SleeperAsync($"sleeper-{number}"),
    };

    /// <summary>All over, and nobody has to do anything any more: what was answered is still so.</summary>
    public async Task LookBackAsync()
    {
        foreach (string id in book.Started)
        {
            OrchestrationMetadata? found = await insistence.AskAsync(client => client.GetInstanceAsync(id, getInputsAndOutputs: true));
            string? end = book.Ends.GetValueOrDefault(id, "Running");
            string? now = found is null ? null : Describe(found);
            if (now != end)
            {
                throw CaseBook.Broke($"'{id}' had come to '{end ?? "its purge"}' and is now '{now ?? "not there"}'");
            }
        }
    }

    private async Task RefundAsync(string id)
    {
        await StartAsync(CaseCode.Refund, id, $"{random.Next(1, 4)}");
        bool approves = random.Next(4) > 0;
        if (approves)
        {
            await clock.PauseAsync(4_000);
            await RaiseAsync(id, "approved", "yes", "click");
        }

        await MeddleAsync(id);
        string output = await EndAsync(id);
        bool refunded = output.StartsWith("refunded", StringComparison.Ordinal);
        book.CheckLedger(id, refunded);
        IReadOnlyList<HistoryEntry> history = await insistence.AskAsync(client => client.GetOrchestrationHistoryAsync(id));
        CheckHistory(id, history);
        string? first = WinnerOfTheWait(history);
        if (refunded != (first == "EventRaised"))
        {
            throw CaseBook.Broke($"'{id}' ended with '{output}' and the first of its race in history is '{first}'");
        }
    }

    /// <summary>The event, or the timer that was made once the check had come back.</summary>
    private static string? WinnerOfTheWait(IReadOnlyList<HistoryEntry> history)
    {
        long ready = history.First(entry => entry.Kind == "TaskCompleted" && entry.Payload!.Contains("flaky check", StringComparison.Ordinal)).Sequence;
        int? timer = history.FirstOrDefault(entry => entry.Kind == "TimerCreated" && entry.Sequence > ready)?.TaskId;
        return history.FirstOrDefault(entry => entry.Kind == "EventRaised" || (entry.Kind == "TimerFired" && entry.TaskId == timer))?.Kind;
    }

    private async Task TallyAsync(string id)
    {
        int items = random.Next(1, 7);
        await StartAsync(CaseCode.Tally, id, $"/{items}");
        for (int item = 0; item < items; item++)
        {
            await clock.PauseAsync(500);
            for (int copies = random.Next(1, 4); copies > 0; copies--)
            {
                await RaiseAsync(id, "item", $"i{item}", $"item-{item}");
            }
        }

        await MeddleAsync(id);
        string output = await EndAsync(id);
        string raised = string.Join(',', Enumerable.Range(0, items).Select(item => $"i{item}"));
        if (output != raised)
        {
            throw CaseBook.Broke($"'{id}' was given {raised} and took {output}");
        }
    }

    private async Task FamilyAsync(string id)
    {
        int children = random.Next(1, 4);
        string? broken = random.Next(3) == 0 ? $"{id}-{random.Next(children)}/leaf" : null;
        if (broken is not null)
        {
            book.Break(broken);
        }

        await StartAsync(CaseCode.Family, id, $"{children}");
        if (broken is not null)
        {
            OrchestrationMetadata failed = await insistence.AskAsync(client => client.WaitForInstanceCompletionAsync(id));
            if (failed.RuntimeStatus != OrchestrationRuntimeStatus.Failed)
            {
                throw CaseBook.Broke($"'{id}' is {failed.RuntimeStatus} though '{broken}' fails");
            }

            book.Mend(broken);
            await insistence.TellAsync(client => client.RewindInstanceAsync(id, "mended"), doneBefore: refusal => refusal is InstanceNotFailedException);
        }

        string output = await EndAsync(id);
        if (output != string.Join(',', Enumerable.Range(0, children)))
        {
            throw CaseBook.Broke($"'{id}' has {children} children and heard of {output}");
        }
    }

    private async Task RaceAsync(string id)
    {
        await StartAsync(CaseCode.Race, id, "");
        await EndAsync(id);
    }

    private async Task SleeperAsync(string id)
    {
        await StartAsync(CaseCode.Sleeper, id, "");
        await clock.PauseAsync(800);
        if (random.Next(3) == 0)
        {
            return;
        }

        await insistence.TellAsync(client => client.TerminateInstanceAsync(id, "no more"), doneBefore: refusal => refusal is InstanceCompletedException);
        book.Ends[id] = Describe((await insistence.AskAsync(client => client.GetInstanceAsync(id, true)))!);
        if (book.Ends[id] != "Terminated \"no more\"")
        {
            throw CaseBook.Broke($"'{id}' was terminated and is '{book.Ends[id]}'");
        }

        if (random.Next(2) == 0)
        {
            await insistence.AskAsync(client => client.PurgeInstanceAsync(id));
            book.Ends[id] = null;
        }
    }

    /// <summary>Suspends and resumes it, if it still lives.</summary>
    private async Task MeddleAsync(string id)
    {
        if (random.Next(3) != 0)
        {
            return;
        }

        await clock.PauseAsync(1_000);
        await insistence.TellAsync(client => client.SuspendInstanceAsync(id), doneBefore: refusal => refusal is InstanceCompletedException);
        OrchestrationMetadata? held = await insistence.AskAsync(client => client.GetInstanceAsync(id));
        if (held is not { HasEnded: true } and not { RuntimeStatus: OrchestrationRuntimeStatus.Suspended })
        {
            throw CaseBook.Broke($"'{id}' was suspended and is {held?.RuntimeStatus}");
        }

        await clock.PauseAsync(2_000);
        await insistence.TellAsync(client => client.ResumeInstanceAsync(id), doneBefore: refusal => refusal is InstanceCompletedException);
    }

    private async Task StartAsync(OrchestratorDefinition<string, string> orchestrator, string id, string input)
    {
        await insistence.TellAsync(client => client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, id), doneBefore: refusal => refusal is OrchestrationAlreadyExistsException);
        book.Started.Add(id);
    }

    private Task RaiseAsync(string id, string name, string payload, string eventId) =>
        insistence.TellAsync(client => client.RaiseEventAsync(id, name, payload, eventId), doneBefore: refusal => refusal is InstanceCompletedException);

    private async Task<string> EndAsync(string id)
    {
        OrchestrationMetadata end = await insistence.AskAsync(client => client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true));
        if (end.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
        {
            throw CaseBook.Broke($"'{id}' is {end.RuntimeStatus}: {end.FailureDetails?.ErrorMessage}");
        }

        book.Ends[id] = Describe(end);
        return JsonSerializer.Deserialize<string>(end.SerializedOutput!)!;
    }

    private static void CheckHistory(string id, IReadOnlyList<HistoryEntry> history)
    {
        IEnumerable<string> twice = history.Where(entry => entry.TaskId is not null && entry.Kind != "TaskCrashed")
            .GroupBy(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Kind} #{entry.TaskId}"))
            .Where(same => same.Count() > 1).Select(same => same.Key);
        if (twice.FirstOrDefault() is { } recorded)
        {
            throw CaseBook.Broke($"'{id}' has {recorded} twice in its history");
        }
    }

    private static string Describe(OrchestrationMetadata instance) => instance.HasEnded ? $"{instance.RuntimeStatus} {instance.SerializedOutput}" : "Running";
}
