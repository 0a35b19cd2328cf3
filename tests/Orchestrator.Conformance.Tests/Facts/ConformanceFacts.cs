using System.Text.Json;
using Orchestrator.Agents.Durability;
using Orchestrator.Conformance.Tests.Targets;

namespace Orchestrator.Conformance.Tests.Facts;

/// <summary>What every fact needs: an id of its own, a start, an end.</summary>
public abstract class ConformanceFacts(IConformanceTarget target)
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..12];
    private int _ids;

    protected IOrchestrationClient Client => target.Client;

    /// <summary>Prefix of this fact's ids.</summary>
    protected string Prefix => "conformance-" + _run;

    protected string NewId() => $"{Prefix}-{++_ids}";

    protected async Task<string> StartAsync(string orchestrator, string input = "", string? id = null) =>
        await Client.ScheduleNewOrchestrationInstanceAsync(new OrchestratorDefinition<string, string>(orchestrator), input, id ?? NewId());

    /// <summary>Starts and waits until its code has come to its first wait.</summary>
    protected async Task<string> StartWaitingAsync(string orchestrator, string input = "")
    {
        string id = await StartAsync(orchestrator, input);
        await Client.WaitForInstanceStartAsync(id).WaitAsync(Eventually.Patience);
        return id;
    }

    protected async Task<OrchestrationMetadata> EndAsync(string id) =>
        await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(Eventually.Patience);

    protected async Task<string> OutputAsync(string id)
    {
        OrchestrationMetadata end = await EndAsync(id);
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{id} is {end.RuntimeStatus}: {end.FailureDetails?.ErrorMessage}");
        return JsonSerializer.Deserialize<string>(end.SerializedOutput!)!;
    }

    protected async Task<string> RunAsync(string orchestrator, string input = "") => await OutputAsync(await StartAsync(orchestrator, input));

    protected async Task<string> FailureAsync(string id)
    {
        OrchestrationMetadata end = await EndAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        return end.FailureDetails!.ErrorMessage;
    }

    protected async Task ReachesAsync(string id, OrchestrationRuntimeStatus status) =>
        await Eventually.HoldsAsync(async () => (await Client.GetInstanceAsync(id))?.RuntimeStatus == status, $"{id} to be {status}");

    protected async Task PublishesAsync(string id, string phase) => await Eventually.HoldsAsync(
        async () => CustomStatusSearch.Matches((await Client.GetInstanceAsync(id))?.SerializedCustomStatus, new("phase", phase)), $"{id} to publish {phase}");
}
