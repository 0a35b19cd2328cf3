namespace Orchestrator.Agents.Durability;

/// <summary>Which instances to list; they must fit every field that is given. Names of Durable Functions' <c>OrchestrationQuery</c>, and what its backends have no index for: name, custom status and business id.</summary>
/// <param name="CreatedFrom">Inclusive.</param>
/// <param name="CreatedTo">Inclusive.</param>
/// <param name="PageSize">Instances on a page, 1 to 1,000. A backend that filters pages by itself may give fewer.</param>
public sealed record OrchestrationQuery(
    string? Name = null,
    IReadOnlyList<OrchestrationRuntimeStatus>? Statuses = null,
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    string? InstanceIdPrefix = null,
    int PageSize = OrchestrationQuery.DefaultPageSize)
{
    public const int DefaultPageSize = 100;

    public const int MaxPageSize = 1_000;

    /// <summary>Whether inputs and outputs come along.</summary>
    public bool FetchInputsAndOutputs { get; init; }

    /// <summary>Only instances that publish this id in their custom status; see <see cref="CustomStatusSearch.BusinessIds"/>. The embedded engine looks it up in an index.</summary>
    public string? BusinessId { get; init; }

    /// <summary>Only instances whose custom status has this property and value.</summary>
    public CustomStatusFilter? CustomStatus { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">The page size is out of its range.</exception>
    public static void CheckPageSize(int pageSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MaxPageSize);
    }
}

/// <summary>A property of the custom status and the string it must equal; of an array, any element.</summary>
/// <param name="Property">Name as it stands in the JSON, with case.</param>
public sealed record CustomStatusFilter(string Property, string Value);

/// <summary>Which ended instances to purge; they must fit every field that is given. Instances that have not ended never match.</summary>
/// <param name="Statuses">Completed, failed, terminated; all three when null or empty.</param>
public sealed record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IReadOnlyList<OrchestrationRuntimeStatus>? Statuses = null);

/// <summary>How many instances were purged.</summary>
public sealed record PurgeResult(int PurgedInstanceCount);
