namespace Orchestrator.Engine.Writing;

/// <summary>Deletes an ended instance. Counts none when there is none, or it lives.</summary>
internal sealed class PurgeInstance(string id) : WriteUnit<int>
{
    private int _purged;

    public override string InstanceId => id;

    public override void Execute(HubTransaction hub)
    {
        _purged = 0;
        if (hub.Find(id) is { HasEnded: true } ended)
        {
            hub.Purge(ended.Key);
            _purged = 1;
        }
    }

    public override void Committed() => Acknowledge(_purged);
}
