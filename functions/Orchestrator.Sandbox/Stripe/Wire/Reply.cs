using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>An answer: status and JSON, kept whole so that an idempotency key can give it again byte by byte.</summary>
internal sealed record Reply(int Status, string Body)
{
    private static readonly JsonSerializerOptions Wire = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>The request that first got this answer, when an idempotency key gave it again.</summary>
    public string? ReplayOf { get; init; }

    /// <summary>Whether Stripe tells its clients to try again; null where it leaves that to them.</summary>
    public bool? ShouldRetry { get; init; }

    public static Reply Of(int status, JsonNode body) => new(status, body.ToJsonString(Wire));
}
