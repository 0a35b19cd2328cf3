using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Faults;

/// <summary>Which requests a fault befalls: those that match, after the first <paramref name="Skip"/>, <paramref name="Times"/> times (0: until cleared).</summary>
internal sealed record FaultRule(string? Method, string? Path, Regex? Pattern, int Skip, int Times, Fault Fault, JsonObject Source)
{
    private int _seen;
    private int _hits;

    public JsonObject Describe()
    {
        var text = Source.DeepClone().AsObject();
        text["seen"] = _seen;
        text["hits"] = _hits;
        return text;
    }

    /// <summary>Counts a request that matches and says whether the fault befalls it. Called under the owner's lock.</summary>
    public bool Takes(string method, string path)
    {
        bool matches = (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
            && (Path is null || path.StartsWith(Path, StringComparison.Ordinal))
            && (Pattern is null || Pattern.IsMatch(path));
        if (!matches || ++_seen <= Skip || (Times > 0 && _hits >= Times))
        {
            return false;
        }

        _hits++;
        return true;
    }
}
