using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Idempotency;

/// <summary>
/// The first answer under each idempotency key, kept 24 hours; after that the same key is a new request.
/// <see href="https://docs.stripe.com/api/idempotent_requests"/>.
/// </summary>
internal sealed class IdempotencyRecords(Account account)
{
    private const int LongestKey = 255;
    private const long KeptSeconds = 24 * 60 * 60;

    private readonly HashSet<string> _inFlight = [];

    /// <summary>The saved answer, or null when the request is to be executed; then <see cref="Release"/> ends the reservation.</summary>
    public Reply? Reserve(string key, bool live, string operation, string fingerprint, long now)
    {
        if (key.Length > LongestKey)
        {
            throw StripeRefusal.Validation($"Invalid Idempotency-Key: keys can be up to {LongestKey} characters, but you passed in a key that is {key.Length} characters.", param: null);
        }

        string id = RecordId(key, live);
        JsonObject? saved = account.Find("_idempotency", id);
        if (saved is not null && saved.Amount("created") + KeptSeconds > now)
        {
            if (saved.Text("operation") != operation)
            {
                throw Mismatch($"Keys for idempotent requests can only be used for the same endpoint they were first used for ('{operation}' vs '{saved.Text("operation")}'). Try using a key other than '{key}' if you meant to execute a different request.");
            }

            if (saved.Text("fingerprint") != fingerprint)
            {
                throw Mismatch($"Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request.");
            }

            return new Reply((int)saved.Amount("status"), saved.Text("body")!) { ReplayOf = saved.Text("request_id") };
        }

        return _inFlight.Add(id)
            ? null
            : throw new StripeRefusal(
                409,
                "idempotency_error",
                $"There is currently another in-progress request using this Idempotency Key: {key}. Please try again later.")
            { Code = "idempotency_key_in_use", Saved = false };
    }

    public void Release(string key, bool live) => _inFlight.Remove(RecordId(key, live));

    public static void Save(Work work, string key, bool live, string operation, string fingerprint, Reply reply) => work.Put(new JsonObject
    {
        ["id"] = RecordId(key, live),
        ["object"] = "_idempotency",
        ["created"] = work.Now,
        ["operation"] = operation,
        ["fingerprint"] = fingerprint,
        ["status"] = (long)reply.Status,
        ["body"] = reply.Body,
        ["request_id"] = work.RequestId,
    });

    /// <summary>The same for the same parameters in any order.</summary>
    public static string Fingerprint(FormNode form)
    {
        StringBuilder text = new();
        Write(form, text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Write(FormNode node, StringBuilder text)
    {
        if (node.Text is { } value)
        {
            text.Append('=').Append(value.Length).Append(':').Append(value);
            return;
        }

        foreach (var (name, part) in node.Parts.OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            text.Append('[').Append(name.Length).Append(':').Append(name);
            Write(part, text);
            text.Append(']');
        }
    }

    private static string RecordId(string key, bool live) => $"_idempotency_{(live ? "live" : "test")}_{key}";

    private static StripeRefusal Mismatch(string message) => new(400, "idempotency_error", message) { Saved = false };
}
