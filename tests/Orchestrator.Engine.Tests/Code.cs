using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Tests;

/// <summary>Orchestrators and activities written in place; all take and give strings.</summary>
internal sealed class Code
{
    public TaskRegistry Registry { get; } = new(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });

    public static OrchestratorDefinition<string, string> Orchestrator(string name) => new(name);

    public static ActivityDefinition<string, string> Activity(string name) => new(name);

    public Code Orchestrator(string name, Func<IOrchestrationContext, string, Task<string>> run)
    {
        Registry.AddOrchestrator(Orchestrator(name), _ => new Written(run));
        return this;
    }

    public Code Activity(string name, Func<string, CancellationToken, Task<string>> run)
    {
        Registry.AddActivity(Activity(name), _ => new Act(run));
        return this;
    }

    public Code Activity(string name, Func<string, string> run) => Activity(name, (input, _) => Task.FromResult(run(input)));

    private sealed class Written(Func<IOrchestrationContext, string, Task<string>> run) : IOrchestrator<string, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, string input) => run(context, input);
    }

    private sealed class Act(Func<string, CancellationToken, Task<string>> run) : IActivity<string, string>
    {
        public Task<string> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken) => run(input, cancellationToken);
    }
}

/// <summary>Shorter calls for orchestrators that speak in strings.</summary>
internal static class StringSteps
{
    public static Task<string> Call(this IOrchestrationContext context, string activity, string input = "", RetryPolicy? retry = null) =>
        context.CallActivityAsync(Code.Activity(activity), input, retry);

    public static Task<string> Child(this IOrchestrationContext context, string orchestrator, string input = "", string? instanceId = null) =>
        context.CallSubOrchestratorAsync(Code.Orchestrator(orchestrator), input, instanceId);

    public static Task<string> Event(this IOrchestrationContext context, string name) => context.WaitForExternalEvent<string>(name);
}
