using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Vault;

/// <summary>Who asked for which secret, when, with what result. Never a value, never a token.</summary>
internal sealed class VaultRequestLog
{
    private const int Most = 50_000;
    private readonly ConcurrentQueue<VaultRequest> _requests = new();

    public void Add(VaultRequest request)
    {
        _requests.Enqueue(request);
        if (_requests.Count > Most)
        {
            _requests.TryDequeue(out _);
        }
    }

    public void Clear() => _requests.Clear();

    public JsonArray Describe() =>
    [
        .. _requests.Select(request => (JsonNode)new JsonObject
        {
            ["time"] = request.Time,
            ["caller"] = request.Caller,
            ["operation"] = request.Operation,
            ["secret"] = request.Secret,
            ["version"] = request.Version,
            ["status"] = request.Status,
        }),
    ];
}

/// <summary>The operation is get, set, update, list or versions; the version is the one answered, or asked for when there was none.</summary>
internal sealed record VaultRequest(DateTimeOffset Time, string? Caller, string Operation, string? Secret, string? Version, int Status);
