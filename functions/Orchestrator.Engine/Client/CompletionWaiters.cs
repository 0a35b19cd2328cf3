namespace Orchestrator.Engine.Client;

/// <summary>Who waits for an instance to end. Told by the writer; nobody polls.</summary>
internal sealed class CompletionWaiters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource> _waiters = new(StringComparer.Ordinal);
    private Exception? _failure;

    /// <summary>Ends when the instance does after this call.</summary>
    public Task NextEnd(string instanceId)
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                return Task.FromException(_failure);
            }

            if (!_waiters.TryGetValue(instanceId, out TaskCompletionSource? waiter))
            {
                _waiters.Add(instanceId, waiter = new(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            return waiter.Task;
        }
    }

    public void Notify(string instanceId)
    {
        lock (_gate)
        {
            if (_waiters.Remove(instanceId, out TaskCompletionSource? waiter))
            {
                waiter.TrySetResult();
            }
        }
    }

    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            foreach (TaskCompletionSource waiter in _waiters.Values)
            {
                waiter.TrySetException(_failure);
            }

            _waiters.Clear();
        }
    }
}
