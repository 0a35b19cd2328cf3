using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>A step the code asked for and that has not come to its end.</summary>
internal abstract class OpenTask(int id, HistoryKind kind, string name, string payload, string? reference)
{
    public int Id => id;

    public HistoryKind Kind => kind;

    public string Name => name;

    public string Payload => payload;

    public string? Reference => reference;

    /// <summary>When a timer is due.</summary>
    public DateTimeOffset Due { get; init; }

    public bool IsOpen { get; protected set; } = true;

    public abstract void Complete(string? result);

    public abstract void Fail(TaskFailureDetails failure);

    public override string ToString() => Describe(kind, name, id);

    public static string Describe(HistoryKind kind, string? name, int? id) =>
        kind == HistoryKind.TimerCreated ? $"{kind} (#{id})" : $"{kind} '{name}' (#{id})";
}

/// <summary>
/// The awaited side is a plain <see cref="TaskCompletionSource{T}"/>: with asynchronous continuations Task.WhenAll and WhenAny would hop to the thread pool
/// and their order would no longer be that of history.
/// </summary>
internal sealed class OpenTask<T>(int id, HistoryKind kind, string name, string payload, string? reference, Func<string, T> read)
    : OpenTask(id, kind, name, payload, reference)
{
    private readonly TaskCompletionSource<T> _awaited = new();

    public Task<T> Task => _awaited.Task;

    public override void Complete(string? result)
    {
        IsOpen = false;
        T value;
        try
        {
            value = read(result ?? "null");
        }
#pragma warning disable CA1031 // A result that cannot be read is the orchestrator's to see.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _awaited.TrySetException(failure);
            return;
        }

        _awaited.TrySetResult(value);
    }

    public override void Fail(TaskFailureDetails failure)
    {
        IsOpen = false;
        _awaited.TrySetException(new TaskFailedException(Name, Id, failure));
    }

    public void Cancel(CancellationToken cancellationToken)
    {
        IsOpen = false;
        _awaited.TrySetCanceled(cancellationToken);
    }
}
