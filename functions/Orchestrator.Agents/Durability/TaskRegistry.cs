using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orchestrator.Agents.Durability;

/// <summary>Which code stands behind each name. Heads fill it once at start; engines call through it with JSON.</summary>
public sealed class TaskRegistry
{
    private readonly Dictionary<string, OrchestratorRunner> _orchestrators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityRunner> _activities = new(StringComparer.Ordinal);

    /// <param name="json">Source-generated options that know every input and output type.</param>
    public TaskRegistry(JsonSerializerOptions json) => Json = json;

    /// <summary>Runs an orchestrator from its beginning: context, input as JSON, output as JSON.</summary>
    public delegate Task<string> OrchestratorRunner(IServiceProvider services, IOrchestrationContext context, string input);

    /// <summary>Runs an activity once: context, input as JSON, output as JSON.</summary>
    public delegate Task<string> ActivityRunner(IServiceProvider services, ActivityContext context, string input, CancellationToken cancellationToken);

    public JsonSerializerOptions Json { get; }

    /// <summary>Upper limit of one value as UTF-8 JSON; set by the engine that calls through it.</summary>
    public long MaxPayloadBytes { get; set; } = int.MaxValue;

    public IReadOnlyDictionary<string, OrchestratorRunner> Orchestrators => _orchestrators;

    public IReadOnlyDictionary<string, ActivityRunner> Activities => _activities;

    public TaskRegistry AddOrchestrator<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> definition, Func<IServiceProvider, IOrchestrator<TInput, TOutput>> create)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _orchestrators.Add(definition.Name, async (services, context, input) =>
            Write(await create(services).RunAsync(context, Read<TInput>(input))));
        return this;
    }

    public TaskRegistry AddActivity<TInput, TOutput>(ActivityDefinition<TInput, TOutput> definition, Func<IServiceProvider, IActivity<TInput, TOutput>> create)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _activities.Add(definition.Name, async (services, context, input, cancellationToken) =>
            Write(await create(services).RunAsync(context, Read<TInput>(input), cancellationToken)));
        return this;
    }

    public T Read<T>(string json) => (T)JsonSerializer.Deserialize(json, Json.GetTypeInfo(typeof(T)))!;

    /// <exception cref="PayloadTooLargeException">It is far over <see cref="MaxPayloadBytes"/>; <see cref="CheckSize"/> says so of one that is just over.</exception>
    public string Write<T>(T value) => BoundedJson.Write(value, (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T)), MaxPayloadBytes);

    /// <param name="what">Begins the sentence, such as <c>The input of instance 'x'</c>.</param>
    /// <exception cref="PayloadTooLargeException">It is over <see cref="MaxPayloadBytes"/>.</exception>
    public void CheckSize(string what, string json)
    {
        ArgumentNullException.ThrowIfNull(json);

        // A character takes at most three bytes, so most payloads need no count.
        if (json.Length > MaxPayloadBytes / 3 && Encoding.UTF8.GetByteCount(json) is var bytes && bytes > MaxPayloadBytes)
        {
            throw new PayloadTooLargeException(what, $"{bytes:N0} bytes", MaxPayloadBytes);
        }
    }
}
