namespace Orchestrator.Conformance.Tests;

/// <summary>The one place that waits for a host that tells nobody when something happened.</summary>
internal static class Eventually
{
    /// <summary>Durable Functions on a storage emulator takes seconds for what takes milliseconds here.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    public static async Task HoldsAsync(Func<Task<bool>> holds, string what)
    {
        using CancellationTokenSource deadline = new(Patience);
        while (!await holds())
        {
            Assert.False(deadline.IsCancellationRequested, $"Not within {Patience}: {what}");
            await Task.Delay(Pause);
        }
    }
}
