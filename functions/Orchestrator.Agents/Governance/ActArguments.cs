using System.Text.Json.Nodes;

namespace Orchestrator.Agents.Governance;

/// <summary>What the audit record keeps of a call's arguments. Whoever adds one adds an id, an amount or a hash, never a customer's words, name or address.</summary>
public sealed class ActArguments
{
    private readonly JsonObject _fields = [];

    public static ActArguments None => new();

    /// <summary>The key that makes the call one act however often it is sent.</summary>
    public string? IdempotencyKey { get; init; }

    public ActArguments With(string name, string? value)
    {
        _fields[name] = value;
        return this;
    }

    public string ToJson() => _fields.ToJsonString();
}
