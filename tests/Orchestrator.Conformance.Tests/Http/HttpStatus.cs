using System.Text.Json;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Conformance.Tests.Http;

/// <summary>The API's status of an instance, as the port's metadata. A failed instance has its failure as text in its output.</summary>
internal static class HttpStatus
{
    public static OrchestrationMetadata Read(JsonElement status, bool withPayloads)
    {
        // Canceled is a status of Durable Functions that nothing sets any more; ContinuedAsNew is one in passing.
        OrchestrationRuntimeStatus runtime = status.GetProperty("runtimeStatus").GetString() switch
        {
            "ContinuedAsNew" => OrchestrationRuntimeStatus.Running,
            "Canceled" => OrchestrationRuntimeStatus.Terminated,
            var name => Enum.Parse<OrchestrationRuntimeStatus>(name!),
        };
        string? output = Raw(status, "output");
        bool failed = runtime == OrchestrationRuntimeStatus.Failed;
        return new(
            status.GetProperty("name").GetString()!,
            status.GetProperty("instanceId").GetString()!,
            runtime,
            status.GetProperty("createdTime").GetDateTimeOffset(),
            status.GetProperty("lastUpdatedTime").GetDateTimeOffset(),
            withPayloads ? Raw(status, "input") : null,
            withPayloads && !failed ? output : null,
            Raw(status, "customStatus"),
            failed ? new(nameof(HttpRefusalException), output ?? "") : null);
    }

    public static IReadOnlyList<HistoryEntry> ReadHistory(JsonElement status) => status.TryGetProperty("historyEvents", out JsonElement events) && events.ValueKind == JsonValueKind.Array
        ? [.. events.EnumerateArray().Select((one, index) => new HistoryEntry(index + 1, one.GetProperty("EventType").GetString()!, one.GetProperty("Timestamp").GetDateTimeOffset(), null, Text(one, "FunctionName") ?? Text(one, "Name"), Raw(one, "Result")))]
        : [];

    private static string? Raw(JsonElement of, string name) => of.TryGetProperty(name, out JsonElement value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value.GetRawText() : null;

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>The host refused; <see cref="DurabilityException.Name"/> is what it called the problem, or the status it answered.</summary>
internal sealed class HttpRefusalException : DurabilityException
{
    private HttpRefusalException(string name, string message)
        : base(name, message)
    {
    }

    public static async Task<HttpRefusalException> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        string text = await answer.Content.ReadAsStringAsync(cancellationToken);
        string name = "http-" + (int)answer.StatusCode;
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            using JsonDocument problem = JsonDocument.Parse(text);
            string type = problem.RootElement.GetProperty("type").GetString()!;
            name = type[(type.LastIndexOf(':') + 1)..];
        }

        return new(name, $"The host answered {(int)answer.StatusCode}: {text}");
    }
}
