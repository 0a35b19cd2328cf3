using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>The user's key-value pairs: 50 keys of 40 characters, values of 500. An empty value removes its key, an empty whole all of them.</summary>
internal static class Metadata
{
    private const int MostKeys = 50;
    private const int LongestKey = 40;
    private const int LongestValue = 500;

    public static JsonObject Of(JsonObject parameters)
    {
        JsonObject holder = new() { ["metadata"] = new JsonObject() };
        Merge(holder, parameters);
        return holder["metadata"]!.DeepClone().AsObject();
    }

    public static void Merge(JsonObject target, JsonObject parameters)
    {
        if (!parameters.TryGetPropertyValue("metadata", out JsonNode? given))
        {
            return;
        }

        if (given is not JsonObject pairs)
        {
            target["metadata"] = new JsonObject();
            return;
        }

        JsonObject metadata = target.Part("metadata") ?? [];
        foreach (var (key, value) in pairs)
        {
            Check(key, value?.GetValue<string>() ?? "");
            if (value is null)
            {
                metadata.Remove(key);
            }
            else
            {
                metadata[key] = value.DeepClone();
            }
        }

        if (metadata.Count > MostKeys)
        {
            throw StripeRefusal.Validation($"You can specify up to {MostKeys} metadata keys. You passed {metadata.Count}.", param: "metadata");
        }

        if (metadata.Parent is null)
        {
            target["metadata"] = metadata;
        }
    }

    private static void Check(string key, string value)
    {
        if (key.Length > LongestKey)
        {
            throw StripeRefusal.Validation(
                $"Metadata keys can have up to {LongestKey} characters, but you passed in a key that is {key.Length} characters. Invalid key: {key}", param: "metadata");
        }

        if (value.Length > LongestValue)
        {
            throw StripeRefusal.Validation(
                $"Metadata values can have up to {LongestValue} characters, but you passed in a value that is {value.Length} characters. Invalid value: {value}",
                param: $"metadata[{key}]");
        }
    }
}
