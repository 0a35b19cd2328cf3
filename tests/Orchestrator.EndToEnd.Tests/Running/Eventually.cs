using System.Diagnostics;

namespace Orchestrator.EndToEnd.Tests.Running;

/// <summary>Waits for what another process does, by looking again and again until a deadline.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> holds, TimeSpan timeout, Func<string> otherwise)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > timeout)
            {
                throw new TimeoutException(otherwise());
            }

            await Task.Delay(25);
        }
    }

    public static async Task<T> NotNullAsync<T>(Func<Task<T?>> find, string what)
        where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await find()) is not null, Patience, () => $"{what} did not come.");
        return found!;
    }
}
