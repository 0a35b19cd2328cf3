using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Vault;

/// <summary>Who may do what: a policy per bearer token. Tokens are kept as their hash only.</summary>
internal sealed class VaultAccess
{
    private readonly ConcurrentDictionary<string, VaultPolicy> _policies = new(StringComparer.Ordinal);
    private readonly Journal _journal;

    public VaultAccess(Journal journal, string defaultToken)
    {
        _journal = journal;
        foreach (var fact in journal.Past.Where(fact => fact.Text("fact") == "policy"))
        {
            _policies[fact.Text("token")!] = VaultPolicy.FromFact(fact);
        }

        _policies[Hash(defaultToken)] = new VaultPolicy("default", null, ["get", "list", "set"]);
    }

    public VaultPolicy? Find(string? token) => token is null ? null : _policies.GetValueOrDefault(Hash(token));

    public void Allow(string token, VaultPolicy policy)
    {
        var fact = policy.ToFact();
        fact["fact"] = "policy";
        fact["token"] = Hash(token);
        _journal.Append(fact);
        _policies[Hash(token)] = policy;
    }

    private static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <param name="Caller">The name it goes by in the request log and in refusals.</param>
/// <param name="Secrets">The only secrets it may touch; null for all.</param>
/// <param name="Permissions">Of get, list, set.</param>
internal sealed record VaultPolicy(string Caller, IReadOnlyList<string>? Secrets, IReadOnlyList<string> Permissions)
{
    public bool Allows(string permission, string? secret) =>
        Permissions.Contains(permission) && (secret is null || Secrets is null || Secrets.Contains(secret, StringComparer.OrdinalIgnoreCase));

    public JsonObject ToFact() => new()
    {
        ["caller"] = Caller,
        ["secrets"] = Secrets is null ? null : new JsonArray([.. Secrets]),
        ["permissions"] = new JsonArray([.. Permissions]),
    };

    public static VaultPolicy FromFact(JsonObject fact) => new(
        fact.Text("caller") ?? "unnamed",
        Texts(fact["secrets"]),
        Texts(fact["permissions"]) ?? ["get"]);

    private static List<string>? Texts(JsonNode? node) => node is JsonArray array ? [.. array.Select(one => one.Text()).OfType<string>()] : null;
}
