using System.Globalization;
using System.Text.Json;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>Orchestrations of the refund shape on one file.</summary>
internal sealed class ShapeHub : IAsyncDisposable
{
    private readonly DurableEngine _engine;
    private readonly HashSet<long> _waiting = [];
    private readonly Lock _gate = new();
    private (int Count, TaskCompletionSource Reached) _awaited = (int.MaxValue, new());

    public ShapeHub(string path)
    {
        _engine = EngineUnderTest.On(path, RefundShape.Registry(Waiting));
    }

    private IOrchestrationClient Client => _engine.Client;

    public Task OpenAsync() => _engine.StartAsync(CancellationToken.None);

    public Task StartAsync(int number) => Client.ScheduleNewOrchestrationInstanceAsync(RefundShape.Refund, number, Id(number));

    /// <summary>Until so many instances have come to their wait since the hub was opened.</summary>
    public Task WaitingAsync(int count)
    {
        lock (_gate)
        {
            _awaited = (count, new(TaskCreationOptions.RunContinuationsAsynchronously));
            Look();
            return _awaited.Reached.Task;
        }
    }

    /// <returns>Whether the instance ended with what it must.</returns>
    public async Task<bool> RaiseAndCompleteAsync(int number)
    {
        await Client.RaiseEventAsync(Id(number), RefundShape.Decision, RefundShape.Approval(number));
        OrchestrationMetadata end = await Client.WaitForInstanceCompletionAsync(Id(number), getInputsAndOutputs: true);
        return end.RuntimeStatus == OrchestrationRuntimeStatus.Completed && JsonSerializer.Deserialize<long>(end.SerializedOutput!) == RefundShape.Expected(number);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"refund-{number}");

    private void Waiting(long number)
    {
        lock (_gate)
        {
            _waiting.Add(number);
            Look();
        }
    }

    private void Look()
    {
        if (_waiting.Count >= _awaited.Count)
        {
            _awaited.Reached.TrySetResult();
        }
    }
}
