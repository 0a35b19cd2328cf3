using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Faults;

/// <summary>The rules in force, in the order they were given.</summary>
internal sealed class FaultRules
{
    private readonly Lock _gate = new();
    private readonly List<FaultRule> _rules = [];

    public void Add(IEnumerable<FaultRule> rules)
    {
        lock (_gate)
        {
            _rules.AddRange(rules);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    public JsonArray Describe()
    {
        lock (_gate)
        {
            return [.. _rules.Select(rule => (JsonNode)rule.Describe())];
        }
    }

    /// <summary>What befalls this request: every latency that matches, and then the first other fault, which ends it.</summary>
    public IReadOnlyList<Fault> Take(string method, string path)
    {
        List<Fault> taken = [];
        lock (_gate)
        {
            foreach (var rule in _rules.Where(rule => rule.Takes(method, path)))
            {
                taken.Add(rule.Fault);
                if (rule.Fault is not Fault.Latency)
                {
                    break;
                }
            }
        }

        return taken;
    }
}
