using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;

namespace Orchestrator.Sandbox.Models;

/// <summary>What the model shall say: by a text that the prompt contains, else from a queue, else that it is unsure.</summary>
internal sealed class ScriptedReplies
{
    private readonly Lock _gate = new();
    private readonly List<(string Match, string Reply)> _matches = [];
    private readonly Queue<string> _queue = new();

    /// <param name="script"><c>{"replies":["…"]}</c>, <c>{"match":"…","reply":"…"}</c> or both; a reply that is no text is written as JSON.</param>
    /// <returns>Whether there was anything to take.</returns>
    public bool Add(JsonObject script)
    {
        string? match = script.Text("match");
        var reply = script["reply"];
        var queue = script["replies"] as JsonArray;
        if ((match is null) != (reply is null) || (match is null && queue is null))
        {
            return false;
        }

        lock (_gate)
        {
            if (match is not null)
            {
                _matches.Insert(0, (match, Content(reply)));
            }

            foreach (var one in queue ?? [])
            {
                _queue.Enqueue(Content(one));
            }
        }

        return true;
    }

    public string? Take(string prompt)
    {
        lock (_gate)
        {
            var found = _matches.FirstOrDefault(one => prompt.Contains(one.Match, StringComparison.OrdinalIgnoreCase));
            return found.Reply ?? (_queue.TryDequeue(out string? next) ? next : null);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _matches.Clear();
            _queue.Clear();
        }
    }

    private static string Content(JsonNode? reply) => reply.Text() ?? reply?.ToJsonString() ?? "null";
}
