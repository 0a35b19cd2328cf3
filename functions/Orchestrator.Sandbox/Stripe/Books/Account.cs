using System.Text.Json.Nodes;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Stripe.Books;

/// <summary>
/// The one Stripe account the sandbox plays: every object by id, in the order it was made. What is not Stripe's own
/// (keys, idempotency records, deliveries, settings) is an object too, of a type that begins with an underscore, so that
/// one journal line holds an act with all its traces and a kill between two of them cannot happen.
/// Not thread safe: <see cref="Gate"/> is held by whoever works on it.
/// </summary>
internal sealed class Account : IDisposable
{
    public const string Id = "acct_1SandboxSandbox0";

    private readonly Dictionary<string, JsonObject> _objects = [];
    private readonly Dictionary<string, List<string>> _byType = [];
    private readonly Journal _journal;

    public Account(string? stateFolder)
    {
        _journal = new Journal(stateFolder is null ? null : Path.Combine(stateFolder, "stripe.journal"));
        foreach (JsonObject line in _journal.Past)
        {
            Replay(line);
        }
    }

    public Lock Gate { get; } = new();

    public JsonObject? Find(string id) => _objects.GetValueOrDefault(id);

    public JsonObject? Find(string type, string id) => Find(id) is { } found && TypeOf(found) == type ? found : null;

    /// <summary>Objects of a type, oldest first.</summary>
    public IEnumerable<JsonObject> All(string type) => _byType.TryGetValue(type, out var ids) ? ids.Select(id => _objects[id]) : [];

    /// <summary>Objects of a type, newest first: the order of Stripe's lists.</summary>
    public IEnumerable<JsonObject> Latest(string type) => All(type).Reverse();

    public Work Begin(long now, string? requestId = null, string? idempotencyKey = null) => new(this, now, requestId, idempotencyKey);

    public void Dispose() => _journal.Dispose();

    internal void Keep(JsonObject value)
    {
        string id = value["id"]!.GetValue<string>();
        if (!_objects.ContainsKey(id))
        {
            string type = TypeOf(value);
            (_byType.TryGetValue(type, out var ids) ? ids : _byType[type] = []).Add(id);
        }

        _objects[id] = value;
    }

    internal void Drop(string id)
    {
        if (_objects.Remove(id, out JsonObject? gone))
        {
            _byType[TypeOf(gone)].Remove(id);
        }
    }

    internal void Write(IEnumerable<JsonObject> kept, IEnumerable<string> dropped) => _journal.Append(new JsonObject
    {
        ["put"] = new JsonArray([.. kept.Select(value => value.DeepClone())]),
        ["drop"] = new JsonArray([.. dropped.Select(id => JsonValue.Create(id))]),
    });

    private void Replay(JsonObject line)
    {
        foreach (JsonNode? value in line["put"]!.AsArray())
        {
            Keep(value!.DeepClone().AsObject());
        }

        foreach (JsonNode? id in line["drop"]!.AsArray())
        {
            Drop(id!.GetValue<string>());
        }
    }

    private static string TypeOf(JsonObject value) => value["object"]!.GetValue<string>();
}
