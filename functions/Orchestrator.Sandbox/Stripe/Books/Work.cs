using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Events;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Books;

/// <summary>
/// One act on the account, made durable as a whole by <see cref="Commit"/>. Held under the account's gate.
/// <c>requestId</c>: the API request that asked for it; null for what Stripe does by itself later.
/// </summary>
internal sealed class Work(Account account, long now, string? requestId, string? idempotencyKey)
{
    private readonly Dictionary<string, JsonObject> _kept = [];
    private readonly List<string> _dropped = [];
    private readonly Dictionary<string, JsonObject> _before = [];
    private readonly HashSet<string> _new = [];
    private readonly Dictionary<string, string> _madeFromTestCard = [];

    public Account Account => account;

    /// <summary>Seconds since 1970, as Stripe counts time.</summary>
    public long Now => now;

    public string? RequestId => requestId;

    public string? IdempotencyKey => idempotencyKey;

    /// <summary>The payment method this act made from a test name such as <c>pm_card_visa</c>: the same name twice is one.</summary>
    public IDictionary<string, string> MadeFromTestCard => _madeFromTestCard;

    /// <summary>Remembers an object as it is, so that <see cref="Undo"/> can bring it back.</summary>
    public JsonObject Guard(JsonObject value)
    {
        _before.TryAdd(value.Id(), value.Copy());
        return value;
    }

    /// <summary>Adds a new object and counts it as an effect of the request's idempotency key.</summary>
    public JsonObject Add(JsonObject value)
    {
        Put(value);
        string id = $"_effect_{value.Id()}";
        Put(new JsonObject
        {
            ["id"] = id,
            ["object"] = "_effect",
            ["made"] = value.Id(),
            ["kind"] = value.Text("object"),
            ["idempotency_key"] = idempotencyKey,
            ["request_id"] = requestId,
            ["at"] = now,
        });
        return value;
    }

    /// <summary>Keeps a changed object, or one that is no effect by itself.</summary>
    public void Put(JsonObject value)
    {
        if (account.Find(value.Id()) is null)
        {
            _new.Add(value.Id());
        }

        account.Keep(value);
        _kept[value.Id()] = value;
    }

    public void Drop(JsonObject value)
    {
        string id = value.Id();
        account.Drop(id);
        _kept.Remove(id);
        _dropped.Add(id);
    }

    /// <summary>Asks for <paramref name="act"/> on an object once the clock reaches <paramref name="at"/>.</summary>
    public void Later(long at, string act, string target) => Put(new JsonObject
    {
        ["id"] = $"_due_{Ids.Random(16)}",
        ["object"] = "_due",
        ["at"] = at,
        ["act"] = act,
        ["target"] = target,
    });

    public void Emit(string type, JsonObject about, JsonObject? before = null) => EventLog.Record(this, type, about, before);

    /// <summary>Takes back what a request did before it was refused.</summary>
    public void Undo()
    {
        foreach (string id in _new)
        {
            account.Drop(id);
        }

        foreach (JsonObject before in _before.Values)
        {
            account.Keep(before);
        }

        // What was changed without being guarded stays changed, and is written, so that memory and journal agree.
        foreach (string id in _new.Concat(_before.Keys))
        {
            _kept.Remove(id);
        }

        _dropped.Clear();
    }

    public void Commit()
    {
        if (_kept.Count > 0 || _dropped.Count > 0)
        {
            account.Write(_kept.Values, _dropped);
        }

        _kept.Clear();
        _dropped.Clear();
    }
}
