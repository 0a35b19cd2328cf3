using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>Reading typed fields of Stripe's objects; a null or absent field is null.</summary>
internal static class JsonFields
{
    public static string? Text(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static long? Whole(this JsonObject json, string name) => json[name] is JsonValue value ? Whole(value) : null;

    public static long Amount(this JsonObject json, string name) => json.Whole(name) ?? 0;

    public static decimal? Fraction(this JsonObject json, string name) =>
        json[name] is JsonValue value ? value.TryGetValue(out decimal number) ? number : Whole(value) : null;

    public static bool Flag(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    public static JsonObject? Part(this JsonObject json, string name) => json[name] as JsonObject;

    public static JsonArray? Items(this JsonObject json, string name) => json[name] as JsonArray;

    public static string Id(this JsonObject json) => json.Text("id") ?? throw new InvalidOperationException($"A {json.Text("object")} has no id.");

    public static bool Given(this JsonObject json, string name, [NotNullWhen(true)] out string? text) => (text = json.Text(name)) is not null;

    /// <summary>Copies each named parameter that was given, null included: an empty value unsets.</summary>
    public static void Take(this JsonObject target, JsonObject given, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (given.TryGetPropertyValue(name, out JsonNode? value))
            {
                target[name] = value?.DeepClone();
            }
        }
    }

    public static JsonObject Copy(this JsonObject json) => json.DeepClone().AsObject();

    public static JsonObject Parse([StringSyntax(StringSyntaxAttribute.Json)] string text) => JsonNode.Parse(text)!.AsObject();

    private static long? Whole(JsonValue value) =>
        value.TryGetValue(out long whole) ? whole : value.TryGetValue(out int small) ? small : value.TryGetValue(out decimal number) ? (long)number : null;
}
