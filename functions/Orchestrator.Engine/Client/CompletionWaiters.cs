using Orchestrator.Engine.Writing;

namespace Orchestrator.Engine.Client;

/// <summary>Who waits for something to become of an instance: its first turn, its end. Told by the writer; nobody polls.</summary>
internal sealed class CompletionWaiters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource<EndedInstance?>> _waiters = new(StringComparer.Ordinal);
    private int _count;
    private Exception? _failure;

    /// <summary>Ends when it comes after this call, with the end where it is one.</summary>
    public Task<EndedInstance?> Next(string instanceId)
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                return Task.FromException<EndedInstance?>(_failure);
            }

            if (!_waiters.TryGetValue(instanceId, out TaskCompletionSource<EndedInstance?>? waiter))
            {
                _waiters.Add(instanceId, waiter = new(TaskCreationOptions.RunContinuationsAsynchronously));
                Volatile.Write(ref _count, _waiters.Count);
            }

            return waiter.Task;
        }
    }

    public void Notify(string instanceId, EndedInstance? ended = null)
    {
        if (Volatile.Read(ref _count) == 0)
        {
            return;
        }

        lock (_gate)
        {
            if (_waiters.Remove(instanceId, out TaskCompletionSource<EndedInstance?>? waiter))
            {
                Volatile.Write(ref _count, _waiters.Count);
                waiter.TrySetResult(ended);
            }
        }
    }

    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            foreach (TaskCompletionSource<EndedInstance?> waiter in _waiters.Values)
            {
                waiter.TrySetException(_failure);
            }

            _waiters.Clear();
        }
    }
}
