using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>
/// Holds a request to its operation's parameters, in Stripe's order and words: unknown names first, then what is missing,
/// then what is wrong. The result is typed JSON; a field that is to be unset is null.
/// </summary>
internal static class ParameterCheck
{
    private static readonly string[] Bounds = ["gt", "gte", "lt", "lte"];

    public static JsonObject Check(FormNode form, IReadOnlyList<Parameter> parameters)
    {
        List<string> unknown = [];
        CollectUnknown(form, parameters, "", unknown);
        if (unknown.Count > 0)
        {
            string noun = unknown.Count == 1 ? "parameter" : "parameters";
            throw StripeRefusal.Validation($"Received unknown {noun}: {string.Join(", ", unknown)}", "parameter_unknown", unknown[0]);
        }

        return Hash(form, parameters, "");
    }

    private static void CollectUnknown(FormNode form, IReadOnlyList<Parameter> parameters, string prefix, List<string> unknown)
    {
        foreach (var (name, node) in form.Parts)
        {
            string path = Path(prefix, name);
            if (parameters.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
            {
                unknown.Add(path);
                continue;
            }

            CollectUnknownIn(node, parameter.Type, path, unknown);
        }
    }

    private static void CollectUnknownIn(FormNode node, ParameterType type, string path, List<string> unknown)
    {
        switch (type.Kind)
        {
            case ParameterKind.Hash:
                CollectUnknown(node, type.Fields!, path, unknown);
                break;
            case ParameterKind.Array or ParameterKind.Map:
                foreach (var (name, part) in node.Parts)
                {
                    CollectUnknownIn(part, type.Element!, Path(path, name), unknown);
                }

                break;
            case ParameterKind.Range:
                unknown.AddRange(node.Parts.Where(part => !Bounds.Contains(part.Key)).Select(part => Path(path, part.Key)));
                break;
            default:
                break;
        }
    }

    private static JsonObject Hash(FormNode form, IReadOnlyList<Parameter> parameters, string prefix)
    {
        JsonObject result = [];
        foreach (Parameter parameter in parameters)
        {
            string path = Path(prefix, parameter.Name);
            if (form.Find(parameter.Name) is { } node)
            {
                if (parameter.Required && node.Text is "" && !parameter.Type.Unsettable)
                {
                    throw StripeRefusal.Empty(path);
                }

                result[parameter.Name] = Value(node, parameter.Type, path);
            }
            else if (parameter.Required)
            {
                throw StripeRefusal.ParameterMissing(path);
            }
        }

        return result;
    }

    private static JsonNode? Value(FormNode node, ParameterType type, string path)
    {
        if (node.Text is "")
        {
            return type.Unsettable || type.Kind is ParameterKind.Text or ParameterKind.Any ? null : throw StripeRefusal.Empty(path);
        }

        return type.Kind switch
        {
            ParameterKind.Text => JsonValue.Create(TextOf(node, "string", path)),
            ParameterKind.Integer => JsonValue.Create(Integer(TextOf(node, "integer", path), path)),
            ParameterKind.Decimal => JsonValue.Create(Fraction(TextOf(node, "decimal", path), path)),
            ParameterKind.Boolean => JsonValue.Create(Boolean(TextOf(node, "boolean", path), path)),
            ParameterKind.Choice => Choice(TextOf(node, "string", path), type.Choices!, path),
            ParameterKind.Range => Range(node, path),
            ParameterKind.Array => Array(node, type.Element!, path),
            ParameterKind.Map => Map(node, type.Element!, path),
            ParameterKind.Hash => node.IsText ? throw StripeRefusal.Validation("Invalid object", param: path) : Hash(node, type.Fields!, path),
            _ => Loose(node),
        };
    }

    private static string TextOf(FormNode node, string noun, string path) =>
        node.Text ?? throw StripeRefusal.Validation($"Invalid {noun}: {Loose(node)!.ToJsonString()}", noun == "integer" ? "parameter_invalid_integer" : null, path);

    private static long Integer(string text, string path) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
            ? whole
            : throw StripeRefusal.Validation($"Invalid integer: {text}", "parameter_invalid_integer", path);

    private static decimal Fraction(string text, string path) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : throw StripeRefusal.Validation($"Invalid decimal: {text}", param: path);

    private static bool Boolean(string text, string path) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw StripeRefusal.Validation($"Invalid boolean: {text}", param: path),
    };

    private static JsonValue Choice(string text, IReadOnlyList<string> choices, string path)
    {
        if (choices.Contains("int") && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            return JsonValue.Create(whole);
        }

        return choices.Contains(text) && text != "int"
            ? JsonValue.Create(text)
            : throw StripeRefusal.Validation($"Invalid {path}: must be one of {Listed(choices)}", param: path);
    }

    private static string Listed(IReadOnlyList<string> choices)
    {
        string[] sorted = [.. choices.Select(choice => choice == "int" ? "an integer" : choice).Order(StringComparer.Ordinal)];
        return sorted.Length switch
        {
            1 => sorted[0],
            2 => $"{sorted[0]} or {sorted[1]}",
            _ => $"{string.Join(", ", sorted[..^1])}, or {sorted[^1]}",
        };
    }

    private static JsonNode Range(FormNode node, string path)
    {
        if (node.Text is { } text)
        {
            return JsonValue.Create(Integer(text, path));
        }

        JsonObject range = [];
        foreach (var (name, part) in node.Parts)
        {
            string below = Path(path, name);
            range[name] = Integer(TextOf(part, "integer", below), below);
        }

        return range;
    }

    private static JsonArray Array(FormNode node, ParameterType element, string path)
    {
        if (node.IsText)
        {
            throw StripeRefusal.Validation("Invalid array", param: path);
        }

        return [.. node.Parts.Select(part => Value(part.Value, element, Path(path, part.Key)))];
    }

    private static JsonObject Map(FormNode node, ParameterType element, string path)
    {
        if (node.IsText)
        {
            throw StripeRefusal.Validation("Invalid object", param: path);
        }

        return new(node.Parts.Select(part => KeyValuePair.Create(part.Key, Value(part.Value, element, Path(path, part.Key)))));
    }

    private static JsonNode? Loose(FormNode node) => node switch
    {
        { Text: "true" } => JsonValue.Create(true),
        { Text: "false" } => JsonValue.Create(false),
        { Text: { } text } => JsonValue.Create(text),
        _ => new JsonObject(node.Parts.Select(part => KeyValuePair.Create(part.Key, Loose(part.Value)))),
    };

    private static string Path(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}[{name}]";
}
