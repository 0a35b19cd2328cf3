using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Teams;

/// <summary>Lets so many through a second, in the order they came, and sends those away whose turn would come too late.</summary>
internal sealed class SendingPace(int perSecond, TimeSpan longestWait, TimeProvider clock)
{
    private readonly TimeSpan _gap = TimeSpan.FromSeconds(1) / perSecond;
    private readonly Lock _gate = new();
    private DateTimeOffset _next;

    /// <exception cref="TransientFailureException">The line is too long; says when to come again.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            DateTimeOffset turn = _next > now ? _next : now;
            wait = turn - now;
            if (wait > longestWait)
            {
                throw new TransientFailureException("Too many cards are waiting to be posted to Teams.", "paced") { RetryAfter = wait };
            }

            _next = turn + _gap;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
    }
}
