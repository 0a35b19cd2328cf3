using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>A stored object as it goes over the wire: a copy without what only the sandbox knows of it.</summary>
internal static class Rendering
{
    public static JsonObject Of(JsonObject stored)
    {
        JsonObject copy = stored.Copy();
        Strip(copy);
        return copy;
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (JsonNode? item in items)
            {
                Strip(item);
            }
        }
        else if (node is JsonObject json)
        {
            foreach (string hidden in json.ContainsKey("object") ? json.Select(entry => entry.Key).Where(name => name[0] == '_').ToArray() : [])
            {
                json.Remove(hidden);
            }

            // Metadata is the user's: a key there may begin as it likes.
            foreach (var (_, value) in json.Where(entry => entry.Key != "metadata"))
            {
                Strip(value);
            }
        }
    }
}
