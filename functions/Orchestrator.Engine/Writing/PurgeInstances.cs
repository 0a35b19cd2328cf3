namespace Orchestrator.Engine.Writing;

/// <summary>
/// Deletes ended instances, as many of those given as fit into one short write: the first in any case, further ones while there is room.
/// Who lives (a rewind came first) is passed over.
/// </summary>
internal sealed class PurgeInstances(IReadOnlyList<long> keys) : WriteUnit<PurgedInstances>
{
    /// <summary>Rows whose content one write takes; some milliseconds. Other writers go in between.</summary>
    public const int MaxRows = 128;

    private PurgedInstances _purged = new(0, 0);

    public override string InstanceId => "";

    public override void Execute(HubTransaction hub)
    {
        int rows = 0, count = 0, looked = 0;
        while (looked < keys.Count && rows < MaxRows)
        {
            if (hub.Find(keys[looked++]) is { HasEnded: true } ended)
            {
                rows += hub.Purge(ended.Key);
                count++;
            }
        }

        _purged = new(count, looked);
    }

    public override void Committed() => Acknowledge(_purged);
}

/// <param name="Looked">How many of the keys were dealt with.</param>
internal sealed record PurgedInstances(int Count, int Looked);

/// <summary>Takes the content of a living instance's old runs, at most <see cref="PurgeInstances.MaxRows"/> rows. Gives how many it were.</summary>
internal sealed class EraseOldRuns(long key, long upTo) : WriteUnit<int>
{
    private int _erased;

    public override string InstanceId => "";

    // What counts is the present run, however many came since somebody looked.
    public override void Execute(HubTransaction hub) => _erased = hub.Find(key) is { } instance && upTo < instance.RunStart ? hub.EraseUpTo(key, upTo, PurgeInstances.MaxRows) : 0;

    public override void Committed() => Acknowledge(_erased);
}
