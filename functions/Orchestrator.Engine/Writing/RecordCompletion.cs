using Orchestrator.Engine.Orchestrations;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Writing;

/// <summary>A step of a living instance came to its end: an activity returned or failed, a timer is due.</summary>
internal sealed class RecordCompletion(OrchestrationInstance instance, HistoryKind kind, int taskId, string name, string? payload, bool unpark) : WriteUnit
{
    private HistoryRow? _row;

    public override string InstanceId => instance.Id;

    public override string TaskName => name;

    public override void Execute(HubTransaction hub)
    {
        _row = null;
        if (hub.Find(instance.Key) is not { HasEnded: false })
        {
            return;
        }

        if (unpark)
        {
            hub.Unpark(instance.Key);
        }

        _row = hub.Append(instance.Key, kind, taskId, name, payload);
    }

    public override void Committed() => instance.Completed(_row);
}
