namespace Orchestrator.Engine.Writing;

/// <summary>Deletes an ended instance. False when there is none, or it lives.</summary>
internal sealed class PurgeInstance(string id) : WriteUnit<bool>
{
    private bool _purged;

    public override string InstanceId => id;

    public override void Execute(HubTransaction hub)
    {
        _purged = hub.Find(id) is { HasEnded: true };
        if (_purged)
        {
            hub.Purge(hub.Find(id)!.Key);
        }
    }

    public override void Committed() => Acknowledge(_purged);
}
