using System.Text.Json;

namespace Orchestrator.Agents.Durability;

/// <summary>
/// What can be searched in a custom status. Durable Functions has no search attributes, so an orchestrator publishes what people look for there:
/// custom status is a JSON object, a filter names a property of it. One rule for every backend: an index of it, or a filter over pages.
/// </summary>
public static class CustomStatusSearch
{
    /// <summary>The property whose elements are the instance's business ids: charge, customer, refund. Never anything personal.</summary>
    public const string BusinessIds = "businessIds";

    /// <summary>Whether the property is a string that equals the value, or an array that holds it. Case counts. False for what is no JSON object.</summary>
    public static bool Matches(string? customStatus, CustomStatusFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Values(customStatus, filter.Property).Contains(filter.Value, StringComparer.Ordinal);
    }

    /// <summary>The ids under <see cref="BusinessIds"/>, each once, in their order.</summary>
    public static IReadOnlyList<string> BusinessIdsOf(string? customStatus) =>
        customStatus is not null && customStatus.Contains(BusinessIds, StringComparison.Ordinal)
            ? [.. Values(customStatus, BusinessIds).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)]
            : [];

    /// <summary>The whole query against one instance: for a backend that lists by less than the query says.</summary>
    public static bool Matches(OrchestrationMetadata instance, OrchestrationQuery query)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(query);
        return (query.Name is null || instance.Name == query.Name)
            && (query.Statuses is not { Count: > 0 } statuses || statuses.Contains(instance.RuntimeStatus))
            && (query.CreatedFrom is null || instance.CreatedAt >= query.CreatedFrom)
            && (query.CreatedTo is null || instance.CreatedAt <= query.CreatedTo)
            && (query.InstanceIdPrefix is null || instance.InstanceId.StartsWith(query.InstanceIdPrefix, StringComparison.Ordinal))
            && (query.BusinessId is null || BusinessIdsOf(instance.SerializedCustomStatus).Contains(query.BusinessId, StringComparer.Ordinal))
            && (query.CustomStatus is null || Matches(instance.SerializedCustomStatus, query.CustomStatus));
    }

    private static IReadOnlyList<string> Values(string? customStatus, string property)
    {
        if (customStatus is null)
        {
            return [];
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(customStatus);
            return document.RootElement is { ValueKind: JsonValueKind.Object } status && status.TryGetProperty(property, out JsonElement value) ? Strings(value) : [];
        }
        catch (JsonException)
        {
            // Another backend may hold a status that is plain text.
            return [];
        }
    }

    private static IReadOnlyList<string> Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => [.. value.EnumerateArray().Where(element => element.ValueKind == JsonValueKind.String).Select(element => element.GetString()!)],
        _ => [],
    };
}
