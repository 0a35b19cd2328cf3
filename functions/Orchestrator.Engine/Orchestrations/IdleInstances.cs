namespace Orchestrator.Engine.Orchestrations;

/// <summary>Instances in memory that wait, the longest idle first.</summary>
internal sealed class IdleInstances
{
    private readonly Lock _gate = new();
    private readonly LinkedList<OrchestrationInstance> _order = new();

    public void Add(OrchestrationInstance instance)
    {
        lock (_gate)
        {
            if (instance.IdleNode.List is not null)
            {
                _order.Remove(instance.IdleNode);
            }

            _order.AddLast(instance.IdleNode);
        }
    }

    public void Remove(OrchestrationInstance instance)
    {
        lock (_gate)
        {
            if (instance.IdleNode.List is not null)
            {
                _order.Remove(instance.IdleNode);
            }
        }
    }

    /// <summary>Takes the longest idle out.</summary>
    public IReadOnlyList<OrchestrationInstance> Take(int count)
    {
        List<OrchestrationInstance> taken = [];
        lock (_gate)
        {
            while (taken.Count < count && _order.First is { } first)
            {
                _order.RemoveFirst();
                taken.Add(first.Value);
            }
        }

        return taken;
    }
}
