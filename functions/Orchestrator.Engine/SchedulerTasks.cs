namespace Orchestrator.Engine;

internal static class SchedulerTasks
{
    /// <summary>Runs blocking work beside other work and tells how it ended.</summary>
    public static Task<T> RunAsync<T>(this IEngineScheduler scheduler, Func<T> run)
    {
        Work<T> work = new(run);
        scheduler.Queue(work);
        return work.Ended.Task;
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(this IEngineScheduler scheduler, Action run) => scheduler.RunAsync(() =>
    {
        run();
        return true;
    });

    private sealed class Work<T>(Func<T> run) : IThreadPoolWorkItem
    {
        public TaskCompletionSource<T> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Execute()
        {
            try
            {
                Ended.SetResult(run());
            }
#pragma warning disable CA1031 // It is the awaiting side's.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Ended.SetException(failure);
            }
        }
    }
}
