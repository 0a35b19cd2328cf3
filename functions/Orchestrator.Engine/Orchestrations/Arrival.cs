using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>Something new for an instance in memory that history does not hold yet: the end of a step, or an event whose caller waits until it is durable.</summary>
/// <param name="Run">The run whose step ended; an event is for whichever run is there.</param>
/// <param name="Reference">An event's id.</param>
internal sealed record Arrival(HistoryKind Kind, int Run, int? TaskId, string Name, string? Payload, string? Reference = null)
{
    private readonly TaskCompletionSource? _caller = Kind == HistoryKind.EventRaised ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;

    public bool HasCaller => _caller is not null;

    /// <summary>For an event: ends once it is durable.</summary>
    public Task Answer => _caller!.Task;

    public static Arrival OfEvent(string name, string payload, string? eventId) => new(HistoryKind.EventRaised, 0, null, name, payload, eventId);

    /// <summary>As the code sees it, before it has a place in history.</summary>
    public HistoryRow ToRow(long instance, DateTimeOffset time) => new(0, instance, Kind, time, TaskId, Name, Payload, Reference);

    public void Acknowledge() => _caller?.TrySetResult();

    public void Refuse(Exception why) => _caller?.TrySetException(why);
}
