using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Graph;

/// <summary>The client state is the subscriber's secret: sent back with every notification, left out of answers and of <c>ToString</c>.</summary>
internal sealed record Subscription(string Id, string ChangeType, string Resource, Uri NotificationUrl, string? ClientState, DateTimeOffset Expires)
{
    public override string ToString() => Id;

    public JsonObject Describe() => new()
    {
        ["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#subscriptions/$entity",
        ["id"] = Id,
        ["resource"] = Resource,
        ["changeType"] = ChangeType,
        ["notificationUrl"] = NotificationUrl.AbsoluteUri,
        ["expirationDateTime"] = Expires.UtcDateTime,
        ["clientState"] = null,
        ["latestSupportedTlsVersion"] = "v1_2",
    };

    public JsonObject ToFact(bool deleted)
    {
        var fact = Describe();
        fact["fact"] = "subscription";
        fact["clientState"] = ClientState;
        fact["deleted"] = deleted;
        return fact;
    }

    public static Subscription FromFact(JsonObject fact) => new(
        fact.Text("id")!,
        fact.Text("changeType")!,
        fact.Text("resource")!,
        new Uri(fact.Text("notificationUrl")!),
        fact.Text("clientState"),
        fact.Time("expirationDateTime")!.Value);
}

/// <summary>Who is told of new mail. One that has expired is gone, as in Graph.</summary>
internal sealed class Subscriptions
{
    private readonly Lock _gate = new();
    private readonly Journal _journal;
    private readonly SandboxClock _clock;
    private readonly Dictionary<string, Subscription> _known = new(StringComparer.Ordinal);

    public Subscriptions(Journal journal, SandboxClock clock)
    {
        _journal = journal;
        _clock = clock;
        foreach (var fact in journal.Past.Where(fact => fact.Text("fact") == "subscription"))
        {
            var one = Subscription.FromFact(fact);
            _known[one.Id] = one;
            if (fact.Flag("deleted") == true)
            {
                _known.Remove(one.Id);
            }
        }
    }

    public IReadOnlyList<Subscription> Live
    {
        get
        {
            lock (_gate)
            {
                return [.. _known.Values.Where(one => one.Expires > _clock.GetUtcNow())];
            }
        }
    }

    public Subscription? Find(string id) => Live.FirstOrDefault(one => one.Id == id);

    /// <summary>Adds it or, when its id is known, renews it.</summary>
    public void Keep(Subscription subscription)
    {
        lock (_gate)
        {
            _journal.Append(subscription.ToFact(deleted: false));
            _known[subscription.Id] = subscription;
        }
    }

    public void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            _journal.Append(subscription.ToFact(deleted: true));
            _known.Remove(subscription.Id);
        }
    }
}
