using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Writing;

/// <summary>A new instance with its first row. An id is used once, whatever became of it.</summary>
internal sealed class StartInstance(EngineParts parts, string id, string name, string input) : WriteUnit<string>
{
    private InstanceRow? _instance;
    private HistoryRow? _started;

    public override string InstanceId => id;

    public override void Execute(HubTransaction hub)
    {
        _instance = hub.Insert(id, name, null);
        _started = _instance is null ? null : hub.Append(_instance.Key, HistoryKind.ExecutionStarted, null, name, input, id);
    }

    public override void Committed()
    {
        if (_instance is null)
        {
            Refuse(new OrchestrationAlreadyExistsException(id));
            return;
        }

        EngineTelemetry.Started.Add(1);
        Acknowledge(id);
        parts.Instances.Begin(_instance, _started!);
    }
}
