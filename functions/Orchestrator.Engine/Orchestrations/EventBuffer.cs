using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Orchestrations;

/// <summary>Events that came before their wait, and waits that came before their event; one waiter per name, names without case.</summary>
internal sealed class EventBuffer
{
    private readonly Dictionary<string, Queue<(long Order, HistoryRow Row)>> _early = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Action<string>> _waiters = new(StringComparer.OrdinalIgnoreCase);

    private long _order;

    public bool IsAwaited => _waiters.Count > 0;

    public IReadOnlyList<HistoryRow> Unprocessed => [.. _early.Values.SelectMany(queue => queue).OrderBy(item => item.Order).Select(item => item.Row)];

    public void Raise(HistoryRow row)
    {
        if (_waiters.Remove(row.Name!, out Action<string>? receive))
        {
            receive(row.Payload!);
            return;
        }

        Keep(row);
    }

    /// <summary>For a later wait, or for the next run.</summary>
    public void Keep(HistoryRow row)
    {
        if (!_early.TryGetValue(row.Name!, out Queue<(long Order, HistoryRow Row)>? queue))
        {
            _early.Add(row.Name!, queue = new());
        }

        queue.Enqueue((_order++, row));
    }

    public Task<T> WaitAsync<T>(string name, Func<string, T> read, Action checkThread, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        TaskCompletionSource<T> awaited = new();
        if (_early.TryGetValue(name, out Queue<(long Order, HistoryRow Row)>? queue) && queue.TryDequeue(out (long Order, HistoryRow Row) early))
        {
            Receive(awaited, read, early.Row.Payload!);
            return awaited.Task;
        }

        if (_waiters.ContainsKey(name))
        {
            throw new InvalidOperationException($"Event '{name}' is awaited already; one waiter per event name at a time.");
        }

        void Waiter(string payload) => Receive(awaited, read, payload);
        Action<string> waiter = Waiter;
        _waiters.Add(name, waiter);
        if (cancellationToken.CanBeCanceled)
        {
            cancellationToken.UnsafeRegister(
                _ =>
                {
                    checkThread();
                    if (_waiters.TryGetValue(name, out Action<string>? current) && current == waiter)
                    {
                        _waiters.Remove(name);
                        awaited.TrySetCanceled(cancellationToken);
                    }
                },
                null);
        }

        return awaited.Task;
    }

    private static void Receive<T>(TaskCompletionSource<T> awaited, Func<string, T> read, string payload)
    {
        T value;
        try
        {
            value = read(payload);
        }
#pragma warning disable CA1031 // An event that cannot be read is the orchestrator's to see.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            awaited.TrySetException(failure);
            return;
        }

        awaited.TrySetResult(value);
    }
}
