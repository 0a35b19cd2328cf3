using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Teams;

/// <summary>
/// Lets so many through a second. Whose turn is near waits for it; whoever is further back is sent away with the time of a turn that is kept for them, so that a long line
/// holds nobody's slot: the wait is their own durable timer. A lane has at most one turn a second, so that the many of one lane leave room for the others.
/// </summary>
internal sealed class SendingPace(int perSecond, TimeProvider clock)
{
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenOneLane = TimeSpan.FromSeconds(1);

    /// <summary>A turn that nobody came for is given up.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(2);

    private readonly long _gap = TimeSpan.TicksPerSecond / perSecond;
    private readonly Lock _gate = new();
    private readonly HashSet<long> _given = [];
    private readonly Dictionary<string, DateTimeOffset> _turns = [];
    private readonly Dictionary<string, DateTimeOffset> _lanes = [];
    private long _cleared;

    /// <param name="what">The same for each attempt at one card.</param>
    /// <exception cref="TransientFailureException">The turn is not near; says when to come again.</exception>
    public async Task WaitAsync(string what, string lane, CancellationToken cancellationToken)
    {
        TimeSpan wait = Turn(what, lane) - clock.GetUtcNow();
        if (wait > Near)
        {
            throw new TransientFailureException("Other cards are posted to Teams before this one.", "paced") { RetryAfter = wait };
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    private DateTimeOffset Turn(string what, string lane)
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            Forget(now);
            DateTimeOffset turn = _turns.TryGetValue(what, out DateTimeOffset kept) ? kept : Give(now, lane);
            if (turn - now > Near)
            {
                _turns[what] = turn;
            }
            else
            {
                _turns.Remove(what);
            }

            return turn;
        }
    }

    /// <summary>The first turn that is free, of the instants at which one is given.</summary>
    private DateTimeOffset Give(DateTimeOffset now, string lane)
    {
        DateTimeOffset earliest = _lanes.TryGetValue(lane, out DateTimeOffset next) && next > now ? next : now;
        long place = earliest.UtcTicks / _gap;
        while (!_given.Add(place))
        {
            place++;
        }

        DateTimeOffset turn = new(Math.Max(place * _gap, earliest.UtcTicks), TimeSpan.Zero);
        _lanes[lane] = turn + BetweenOneLane;
        return turn;
    }

    private void Forget(DateTimeOffset now)
    {
        long place = now.UtcTicks / _gap;
        if (place == _cleared)
        {
            return;
        }

        _cleared = place;
        _given.RemoveWhere(given => given < place);
        Remove(_lanes, now);
        Remove(_turns, now - Kept);
    }

    private static void Remove(Dictionary<string, DateTimeOffset> times, DateTimeOffset before)
    {
        foreach (string stale in times.Where(one => one.Value < before).Select(one => one.Key).ToList())
        {
            times.Remove(stale);
        }
    }
}
