using Orchestrator.Engine.Activities;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Writing;

/// <summary>On start: these activities were running when the process went down.</summary>
internal sealed class RecordCrash(IReadOnlyList<RunningActivity> running) : WriteUnit<bool>
{
    public override string InstanceId => "";

    public override void Execute(HubTransaction hub)
    {
        foreach (RunningActivity activity in running)
        {
            if (hub.Find(activity.Instance) is { HasEnded: false } instance && instance.Run == activity.Run)
            {
                hub.Append(instance.Key, HistoryKind.TaskCrashed, activity.TaskId);
            }
        }
    }

    public override void Committed() => Acknowledge(true);
}
