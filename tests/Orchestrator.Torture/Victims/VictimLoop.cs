using System.Globalization;
using System.Text.Json;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Torture.Victims;

/// <summary>Answers requests of the form <c>NUMBER VERB WORDS</c> with <c>NUMBER ok WORDS</c> or <c>NUMBER no ERROR SENTENCE</c>, the former only once the client's call returned.</summary>
internal sealed class VictimLoop(DurableEngine engine, VictimTasks tasks, Answers answers)
{
    private readonly List<Task> _asked = [];

    /// <summary>Until told to stop, or until the parent is gone.</summary>
    public async Task RunAsync()
    {
        using StreamReader input = new(Console.OpenStandardInput());
        while (await input.ReadLineAsync() is { } line)
        {
            string[] words = line.Split(' ');
            if (words[1] == "stop")
            {
                await Task.WhenAll(_asked);
                await engine.StopAsync(CancellationToken.None);
                answers.Say($"{words[0]} ok");
                return;
            }

            _asked.RemoveAll(asked => asked.IsCompleted);
            _asked.Add(Task.Run(() => AnswerAsync(words[0], words[1], words[2..])));
        }
    }

    private async Task AnswerAsync(string number, string verb, string[] words)
    {
        string answer;
        try
        {
            answer = $"ok {await DoAsync(verb, words)}";
        }
        catch (Exception failure)
        {
            answer = $"no {failure.GetType().Name} {failure.Message}";
        }

        answers.Say($"{number} {answer}");
    }

    private async Task<string> DoAsync(string verb, string[] words)
    {
        IOrchestrationClient client = engine.Client;
        switch (verb)
        {
            case "start":
                return await client.ScheduleNewOrchestrationInstanceAsync(VictimTasks.Orchestrator(words[0]), words[1], words[1]);
            case "raise":
                await client.RaiseEventAsync(words[0], words[1], words[3], words[2]);
                return "";
            case "end":
                OrchestrationMetadata end = await client.WaitForInstanceCompletionAsync(words[0], getInputsAndOutputs: true);
                return $"{end.RuntimeStatus} {end.SerializedOutput ?? JsonSerializer.Serialize(end.FailureDetails)}";
            case "history":
                return JsonSerializer.Serialize(await client.GetOrchestrationHistoryAsync(words[0]));
            case "verify":
                IntegrityReport report = await engine.VerifyAsync();
                return $"{report.IsIntact} {report.Finding}";
            case "waiting":
                return await CountAsync(words[0]);
            case "peak":
                return $"{tasks.Peak.ToString(CultureInfo.InvariantCulture)} {tasks.Held.ToString(CultureInfo.InvariantCulture)}";
            case "memory":
                return Environment.WorkingSet.ToString(CultureInfo.InvariantCulture);
            default:
                throw new ArgumentException($"There is no '{verb}'.");
        }
    }

    /// <summary>Instances under a prefix that have begun and not ended.</summary>
    private async Task<string> CountAsync(string prefix)
    {
        int count = 0;
        OrchestrationQuery query = new(Statuses: [OrchestrationRuntimeStatus.Running], InstanceIdPrefix: prefix, PageSize: 1_000);
        await foreach (OrchestrationMetadata instance in engine.Client.GetAllInstancesAsync(query))
        {
            count++;
        }

        return count.ToString(CultureInfo.InvariantCulture);
    }
}
