using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.TaskHub;

/// <summary>Failures as history keeps them. Bounded, whatever an exception carried.</summary>
internal static class FailureJson
{
    private const int MaxText = 4_096;
    private const int MaxDepth = 5;

    public static string Write(TaskFailureDetails details) => JsonSerializer.Serialize(Bound(details, MaxDepth), EngineJson.Default.TaskFailureDetails);

    public static TaskFailureDetails Read(string json) => JsonSerializer.Deserialize(json, EngineJson.Default.TaskFailureDetails)!;

    /// <summary>What a parent is told of a child that failed or was terminated.</summary>
    public static string OfChild(string childId, HistoryKind kind, string? payload) => kind == HistoryKind.ExecutionFailed
        ? payload!
        : Write(new(typeof(TaskFailedException).FullName!, $"Sub-orchestration '{childId}' was terminated.", null, null));

    public static TaskFailureDetails From(Exception exception) => exception is TaskFailedException failed
        ? TaskFailureDetails.From(exception) with { InnerFailure = failed.FailureDetails }
        : TaskFailureDetails.From(exception);

    private static TaskFailureDetails Bound(TaskFailureDetails details, int depth) => new(
        Bound(details.ErrorType)!,
        Bound(details.ErrorMessage)!,
        Bound(details.StackTrace),
        details.InnerFailure is { } inner && depth > 0 ? Bound(inner, depth - 1) : null)
    {
        RetryAfter = details.RetryAfter,
    };

    private static string? Bound(string? text) => text is { Length: > MaxText } ? text[..MaxText] : text;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskFailureDetails))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(RewindNote))]
internal sealed partial class EngineJson : JsonSerializerContext;

/// <summary>Payload of a rewind: why, and the rows that count no more.</summary>
internal sealed record RewindNote(string Reason, IReadOnlyList<long> Dropped);
