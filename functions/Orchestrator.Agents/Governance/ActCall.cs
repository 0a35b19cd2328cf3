namespace Orchestrator.Agents.Governance;

/// <summary>One call outside, as a connector sees it: the key to use, and where to note what the other side said for the audit record.</summary>
public sealed class ActCall(KeyLease key)
{
    private readonly List<string> _objects = [];

    public KeyLease Key { get; } = key;

    /// <summary>The other side's id of the (last) request.</summary>
    public string? RequestId { get; private set; }

    /// <summary>Which model answered through which gateway, when one did.</summary>
    public string? ModelRoute { get; private set; }

    public IReadOnlyList<string> Objects => _objects;

    public void Answered(string? requestId) => RequestId = requestId ?? RequestId;

    /// <summary>Notes the id of an object that the other side named. Ids only, never content.</summary>
    public void Saw(string objectId)
    {
        if (!_objects.Contains(objectId))
        {
            _objects.Add(objectId);
        }
    }

    public void RoutedTo(string modelRoute) => ModelRoute = modelRoute;
}
