using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe.Truth;

/// <summary>Holds an object to the truth file: required fields there, types right, nothing that Stripe does not have.</summary>
internal sealed class ShapeCheck
{
    // What Stripe answers though its types do not say so.
    private static readonly HashSet<string> Tolerated =
    [
        "charge.source", // null where no card source paid
        "charge.payment_method_details.card.installments",
    ];

    public List<string> Errors { get; } = [];

    public static IReadOnlyList<string> Of(JsonNode? value, string type)
    {
        ShapeCheck check = new();
        check.Check(value, TruthFile.Objects[type]!, type);
        return check.Errors;
    }

    private void Check(JsonNode? value, JsonNode spec, string path)
    {
        if (Tolerated.Contains(path))
        {
            return;
        }

        if (spec is JsonValue simple)
        {
            Leaf(value, simple.GetValue<string>(), path);
            return;
        }

        JsonObject wanted = spec.AsObject();
        // {} and {"type": "object"} are how the truth file writes: anything.
        if (wanted.Count == 0 || (wanted.Count == 1 && wanted["type"]?.ToString() == "object"))
        {
            return;
        }

        if (value is null)
        {
            bool nullable = wanted["nullable"]?.GetValue<bool>() == true || wanted.Count == 0
                || (wanted["anyOf"] is JsonArray choices && choices.Any(choice => choice is JsonValue text && text.GetValue<string>().EndsWith("|null", StringComparison.Ordinal)));
            Say(nullable, path, "is null");
        }
        else if (wanted["const"] is { } constant)
        {
            Say(value.ToString() == constant.ToString(), path, $"is {value}, not {constant}");
        }
        else if (wanted["enum"] is JsonArray members)
        {
            Say(members.Any(member => member!.ToString() == value.ToString()), path, $"has no member {value}");
        }
        else if (wanted["expandable"] is JsonArray kinds)
        {
            Say(value.GetValueKind() == JsonValueKind.String || kinds.Any(kind => kind!.ToString() == value["object"]?.ToString()), path, "is neither an id nor one of its objects");
        }
        else if (wanted["list"] is { } element)
        {
            List(value, element, path);
        }
        else if (wanted["array"] is { } item)
        {
            Items(value, item, path);
        }
        else if (wanted["ref"] is { } reference)
        {
            Referred(value, reference.ToString(), path);
        }
        else if (wanted["[key]"] is { } pair)
        {
            foreach (var (key, entry) in value.AsObject())
            {
                Check(entry, pair, $"{path}[{key}]");
            }
        }
        else if (!wanted.ContainsKey("anyOf") && !(wanted["type"] is JsonValue named && char.IsUpper(named.GetValue<string>()[0])))
        {
            Fields(value, wanted, path);
        }
    }

    private void Fields(JsonNode value, JsonObject wanted, string path)
    {
        if (value is not JsonObject json)
        {
            Errors.Add($"{path} is no object");
            return;
        }

        HashSet<string> known = [];
        foreach (var (name, spec) in wanted.Where(entry => entry.Key is not "nullable"))
        {
            bool optional = name.EndsWith('?');
            string field = name.TrimEnd('?');
            known.Add(field);
            if (json.TryGetPropertyValue(field, out JsonNode? present))
            {
                // An optional field that is null is one that is absent.
                if (!(optional && present is null))
                {
                    Check(present, spec!, $"{path}.{field}");
                }
            }
            else if (!optional)
            {
                Errors.Add($"{path}.{field} is missing");
            }
        }

        if (known.Count > 0)
        {
            Errors.AddRange(json.Where(entry => !known.Contains(entry.Key)).Select(entry => $"{path}.{entry.Key} is not Stripe's"));
        }
    }

    private void List(JsonNode value, JsonNode element, string path)
    {
        Say(value["object"]?.ToString() == "list" && value["has_more"] is not null && value["url"] is not null, path, "is no list");
        foreach (JsonNode? entry in value["data"]!.AsArray())
        {
            if (element is JsonValue name)
            {
                Referred(entry, name.ToString(), $"{path}.data");
            }
        }
    }

    private void Items(JsonNode value, JsonNode item, string path)
    {
        if (value is not JsonArray items)
        {
            Errors.Add($"{path} is no array");
            return;
        }

        foreach (JsonNode? entry in items)
        {
            Check(entry, item, $"{path}[]");
        }
    }

    private void Referred(JsonNode? value, string type, string path)
    {
        if (TruthFile.Objects[type] is { } spec)
        {
            Check(value, spec, path);
        }
        else
        {
            Say(value?["object"]?.ToString() is null || value["object"]!.ToString() == type, path, $"is no {type}");
        }
    }

    private void Leaf(JsonNode? value, string type, string path)
    {
        bool fits = value is null ? type.EndsWith("|null", StringComparison.Ordinal) : type.Split('|')[0] switch
        {
            "string" or "Decimal" => value.GetValueKind() == JsonValueKind.String,
            "number" => value.GetValueKind() == JsonValueKind.Number,
            "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            _ => true,
        };
        Say(fits, path, $"is {value?.ToJsonString() ?? "null"}, not {type}");
    }

    private void Say(bool right, string path, string what)
    {
        if (!right)
        {
            Errors.Add($"{path} {what}");
        }
    }
}
