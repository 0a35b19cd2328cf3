using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Control;

internal sealed class RequestEntry(string requestId, string method, string path)
{
    public string RequestId { get; } = requestId;

    public string Method { get; } = method;

    public string Path { get; } = path;

    /// <summary>Masked.</summary>
    public string? Key { get; set; }

    public string? IdempotencyKey { get; set; }
}

/// <summary>What was asked and how it was answered. Reads are remembered while the process lives, the rest for good.</summary>
internal static class RequestLog
{
    public static void Record(Account account, RequestEntry entry, Reply reply, long now)
    {
        JsonObject line = new()
        {
            ["id"] = $"_request_{entry.RequestId}",
            ["object"] = "_request",
            ["request_id"] = entry.RequestId,
            ["method"] = entry.Method,
            ["path"] = entry.Path,
            ["key"] = entry.Key,
            ["idempotency_key"] = entry.IdempotencyKey,
            ["status"] = (long)reply.Status,
            ["replay_of"] = reply.ReplayOf,
            ["at"] = now,
        };
        if (entry.Method is "GET" or "HEAD")
        {
            account.Keep(line);
            return;
        }

        Work work = account.Begin(now);
        work.Put(line);
        work.Commit();
    }
}
