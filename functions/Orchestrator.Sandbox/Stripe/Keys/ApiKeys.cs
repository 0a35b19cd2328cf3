using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Keys;

/// <summary>
/// Which keys there are. Secret test keys need no registration; restricted ones exist once registered, with their rights.
/// The journal holds a key's hash and mask, never the key.
/// </summary>
internal static class ApiKeys
{
    public static Caller Authenticate(Account account, string? authorization, long now)
    {
        if (KeyIn(authorization) is not { Length: > 0 } key)
        {
            throw Refuse(
                "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.");
        }

        JsonObject? record = account.Find("_key", RecordId(key));
        string masked = Mask(key);
        bool live = key.StartsWith("sk_live_", StringComparison.Ordinal) || key.StartsWith("rk_live_", StringComparison.Ordinal);
        if (record?.Whole("expires_at") is { } end && end <= now)
        {
            throw Refuse($"Expired API Key provided: {masked}", "api_key_expired");
        }

        if (key.StartsWith("pk_", StringComparison.Ordinal))
        {
            throw Refuse(
                "This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.",
                "secret_key_required");
        }

        bool secret = key.StartsWith("sk_test_", StringComparison.Ordinal) || key.StartsWith("sk_live_", StringComparison.Ordinal);
        if (record is not null)
        {
            return new Caller(masked, live, record.Flag("agent"), secret ? null : RightsOf(record));
        }

        if (SandboxKeys.Rights.TryGetValue(key, out var slugs))
        {
            return new Caller(masked, live, Agent: false, RightsOf(slugs));
        }

        return secret && key.Length > "sk_test_".Length + 3
            ? new Caller(masked, live, Agent: false, Rights: null)
            : throw Refuse($"Invalid API Key provided: {masked}");
    }

    /// <summary>Adds a key or changes it. <paramref name="expiresAt"/> is Unix seconds; null means never.</summary>
    public static JsonObject Register(Work work, string key, IReadOnlyList<string> permissions, long? expiresAt, bool agent)
    {
        JsonObject rights = [];
        foreach (var (resource, right) in RightsOf(permissions))
        {
            rights[resource] = right;
        }

        JsonObject record = new()
        {
            ["id"] = RecordId(key),
            ["object"] = "_key",
            ["masked"] = Mask(key),
            ["rights"] = rights,
            ["expires_at"] = expiresAt,
            ["agent"] = agent,
        };
        work.Put(record);
        return record;
    }

    public static JsonObject? Find(Account account, string key) => account.Find("_key", RecordId(key));

    /// <summary>As Stripe masks a key in its sentences: the prefix and the last four characters.</summary>
    public static string Mask(string key)
    {
        int head = key.Length > 8 && key[2] == '_' && key[7] == '_' ? 8 : Math.Min(2, key.Length);
        int tail = key.Length >= head + 8 ? 4 : 0;
        return key[..head] + new string('*', key.Length - head - tail) + key[^tail..];
    }

    private static Dictionary<string, string> RightsOf(JsonObject record) =>
        record.Part("rights")!.ToDictionary(right => right.Key, right => right.Value!.GetValue<string>());

    private static Dictionary<string, string> RightsOf(IReadOnlyList<string> slugs)
    {
        Dictionary<string, string> rights = [];
        foreach (string slug in slugs)
        {
            var (resource, right) = Resources.Parse(slug) ?? throw StripeRefusal.Validation($"'{slug}' is no permission; write for example rak_charge_read.", param: "permissions");
            if (!rights.TryGetValue(resource, out string? known) || known == "read")
            {
                rights[resource] = right;
            }
        }

        return rights;
    }

    private static string? KeyIn(string? authorization)
    {
        if (authorization is null)
        {
            return null;
        }

        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return authorization[7..].Trim();
        }

        if (!authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[256];
        return Convert.TryFromBase64String(authorization[6..].Trim(), bytes, out int length)
            ? Encoding.UTF8.GetString(bytes[..length]).Split(':')[0]
            : null;
    }

    private static string RecordId(string key) => "_key_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static StripeRefusal Refuse(string message, string? code = null) => new(401, "invalid_request_error", message) { Code = code, Saved = false };
}
