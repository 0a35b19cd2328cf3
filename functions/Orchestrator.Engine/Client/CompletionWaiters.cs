namespace Orchestrator.Engine.Client;

/// <summary>Who waits for something to become of an instance: its first turn, its end. Told by the writer; nobody polls.</summary>
internal sealed class CompletionWaiters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource> _waiters = new(StringComparer.Ordinal);
    private int _count;
    private Exception? _failure;

    /// <summary>Ends when it comes after this call.</summary>
    public Task Next(string instanceId)
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
                Volatile.Write(ref _count, _waiters.Count);
            }

            return waiter.Task;
        }
    }

    public void Notify(string instanceId)
    {
        if (Volatile.Read(ref _count) == 0)
        {
            return;
        }

        lock (_gate)
        {
            if (_waiters.Remove(instanceId, out TaskCompletionSource? waiter))
            {
                Volatile.Write(ref _count, _waiters.Count);
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
