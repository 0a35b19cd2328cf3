using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine;
using Orchestrator.Engine.Orchestrations;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>The history of one case as a task hub held it, kept as JSON in <c>tests/Histories</c>, one step a line.</summary>
internal sealed record RecordedHistory(string Orchestrator, string InstanceId, IReadOnlyList<HistoryEntry> Steps)
{
    /// <summary>What the code asked for and what it was told, without ids: the order that a case in flight depends on.</summary>
    public IEnumerable<string> Order => Steps.Select(step => step.Name is null ? step.Kind : $"{step.Kind} {step.Name}");

    public static string PathOf(string name) => Path.Combine(Repository(), "tests", "Histories", name + ".json");

    public static RecordedHistory Read(string name)
    {
        JsonNode file = JsonNode.Parse(File.ReadAllText(PathOf(name)))!;
        return new(file["orchestrator"]!.GetValue<string>(), file["instanceId"]!.GetValue<string>(), [.. file["steps"]!.AsArray().Select(step => Step(step!))]);
    }

    public void Write(string path)
    {
        IEnumerable<string> lines = Steps.Select(step => new JsonObject
        {
            ["sequence"] = step.Sequence,
            ["kind"] = step.Kind,
            ["time"] = step.Time,
            ["taskId"] = step.TaskId,
            ["name"] = step.Name,
            ["payload"] = step.Payload is null ? null : JsonNode.Parse(step.Payload),
        }.ToJsonString());
        File.WriteAllText(path, $"{{\"orchestrator\":\"{Orchestrator}\",\"instanceId\":\"{InstanceId}\",\"steps\":[\n{string.Join(",\n", lines)}\n]}}\n");
    }

    /// <summary>Runs the present code over the steps with the engine's own replay.</summary>
    /// <returns>The output as JSON.</returns>
    /// <exception cref="NonDeterministicOrchestrationException">The code asks for another step than history has.</exception>
    public string Replay()
    {
        var parts = new EngineParts(new EngineOptions("none"), AgentTasks.Register(), new NoPorts(), TimeProvider.System, NullLoggerFactory.Instance, file: null!) { Running = null! };
        IEnumerable<string> patches = Steps.Where(step => step.Kind == nameof(HistoryKind.PatchTaken)).Select(step => step.Name!);
        var run = new OrchestrationRun(
            parts, InstanceId, Orchestrator, 0, null, patches, () => throw new InvalidOperationException("The orchestrator awaits what is not its own."));
        foreach (HistoryEntry step in Steps)
        {
            run.Apply(new(step.Sequence, 1, Enum.Parse<HistoryKind>(step.Kind), step.Time, step.TaskId, step.Name, step.Payload, Reference: null), replaying: true);
        }

        TurnOutcome rest = run.Take();
        if (rest.Actions.Count > 0)
        {
            throw new NonDeterministicOrchestrationException(InstanceId, "the end of the run", rest.Actions[0].ToString());
        }

        return rest.End is RunEnd.Completed completed ? completed.Output : throw new InvalidOperationException($"The run did not complete: {rest.End}");
    }

    private static HistoryEntry Step(JsonNode step) => new(
        step["sequence"]!.GetValue<long>(),
        step["kind"]!.GetValue<string>(),
        step["time"]!.GetValue<DateTimeOffset>(),
        step["taskId"]?.GetValue<int>(),
        step["name"]?.GetValue<string>(),
        step["payload"]?.ToJsonString());

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }

    /// <summary>Replay runs no activity, so it needs no port.</summary>
    private sealed class NoPorts : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
