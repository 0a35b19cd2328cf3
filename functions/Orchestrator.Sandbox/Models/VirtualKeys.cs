using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Models;

/// <summary>The gateway's own keys and what each has used.</summary>
internal sealed class VirtualKeys
{
    private readonly ConcurrentDictionary<string, VirtualKey> _keys = new(StringComparer.Ordinal);

    public VirtualKey? Find(string? key) => key is null ? null : _keys.GetValueOrDefault(key);

    /// <summary>After <paramref name="requestLimit"/> requests the key has no quota left; null for no limit.</summary>
    public void Add(string key, string name, long? requestLimit) => _keys[key] = new VirtualKey(name, Last(key), requestLimit);

    public JsonArray Describe() => [.. _keys.Values.OrderBy(key => key.Name, StringComparer.Ordinal).Select(key => (JsonNode)key.Describe())];

    private static string Last(string key) => key.Length > 4 ? key[^4..] : "";
}

internal sealed class VirtualKey(string name, string lastFour, long? requestLimit)
{
    private readonly Lock _gate = new();
    private long _requests;
    private long _promptTokens;
    private long _completionTokens;

    public string Name => name;

    /// <summary>Counts a request against the quota.</summary>
    public bool Admits()
    {
        lock (_gate)
        {
            if (_requests >= requestLimit)
            {
                return false;
            }

            _requests++;
            return true;
        }
    }

    public void Use(long promptTokens, long completionTokens)
    {
        lock (_gate)
        {
            _promptTokens += promptTokens;
            _completionTokens += completionTokens;
        }
    }

    public JsonObject Describe()
    {
        lock (_gate)
        {
            return new JsonObject
            {
                ["key"] = name,
                ["lastFour"] = lastFour,
                ["requestLimit"] = requestLimit,
                ["requests"] = _requests,
                ["promptTokens"] = _promptTokens,
                ["completionTokens"] = _completionTokens,
            };
        }
    }
}
