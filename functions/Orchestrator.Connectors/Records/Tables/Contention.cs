using System.Security.Cryptography;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>
/// Optimistic concurrency: read, decide, write on condition that nothing changed, and again when something did. Within this process the changes of one key go one after
/// the other, so that only other instances are raced.
/// </summary>
internal sealed class Contention(TimeProvider clock)
{
    private const int Attempts = 30;
    private const int LongestDelay = 500;

    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <param name="what">For the message: <c>approval 'case-1-r1'</c>.</param>
    /// <param name="tryOnce">False when the race was lost.</param>
    /// <exception cref="TransientFailureException">Every attempt lost its race.</exception>
    public async Task SettleAsync(string key, string what, Func<Task<bool>> tryOnce, CancellationToken cancellationToken)
    {
        SemaphoreSlim lane = _lanes[(uint)key.GetHashCode(StringComparison.Ordinal) % (uint)_lanes.Length];
        await lane.WaitAsync(cancellationToken);
        try
        {
            for (int attempt = 1; !await tryOnce(); attempt++)
            {
                if (attempt == Attempts)
                {
                    throw new TransientFailureException($"Others changed {what} first, {Attempts} times in a row. Try again.", "contention");
                }

                int longest = Math.Min(LongestDelay, 10 << Math.Min(attempt, 10));
                await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(longest)), clock, cancellationToken);
            }
        }
        finally
        {
            lane.Release();
        }
    }
}
