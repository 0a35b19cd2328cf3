using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>
/// Opens what <c>expand[]</c> names: an id becomes its object, a list that is left out by default is put in. At most four
/// levels. <c>mayRead</c>: whether the key may read an object of this type: an expanded object needs the right to it.
/// </summary>
internal sealed class Expansion(Account account, Action<string> mayRead)
{
    private static readonly Dictionary<string, HashSet<string>> Expandable = ReadTable();

    public void Apply(JsonObject answer, JsonArray? paths)
    {
        foreach (JsonNode? path in paths ?? [])
        {
            string text = path?.GetValue<string>() ?? "";
            string[] steps = text.Split('.');
            if (steps.Length > 4 + (steps[0] == "data" ? 1 : 0))
            {
                throw StripeRefusal.Validation("You cannot expand more than 4 levels of a property.", param: "expand");
            }

            if (answer.Text("object") is "list" or "search_result" && steps[0] != "data")
            {
                throw StripeRefusal.Validation(
                    $"This property cannot be expanded ({text}). You may want to try expanding 'data.{text}' instead.", param: "expand");
            }

            Open(answer, answer.Text("object") ?? "", "", steps, text);
        }
    }

    private void Open(JsonObject holder, string type, string within, ReadOnlySpan<string> steps, string path)
    {
        if (steps.IsEmpty)
        {
            return;
        }

        string step = steps[0];
        string field = within.Length == 0 ? step : $"{within}.{step}";
        JsonNode? value = holder[step];
        bool isList = type is "list" or "search_result" && step == "data";
        bool expandable = Expandable.TryGetValue(type, out var fields) && fields.Contains(field);
        if (!isList && !expandable && !IsWithin(type, field))
        {
            throw StripeRefusal.Validation($"This property cannot be expanded ({path}).", param: "expand");
        }

        if (expandable)
        {
            value = Expanded(holder, type, step, value);
        }

        switch (value)
        {
            case JsonObject below:
                Descend(below, type, field, steps[1..], path);
                break;
            case JsonArray items:
                for (int i = 0; i < items.Count; i++)
                {
                    if (expandable && items[i] is JsonValue id)
                    {
                        items[i] = Opened(id) ?? items[i]?.DeepClone();
                    }

                    if (items[i] is JsonObject item)
                    {
                        Descend(item, type, field, steps[1..], path);
                    }
                }

                break;
            default:
                break;
        }
    }

    private void Descend(JsonObject below, string type, string field, ReadOnlySpan<string> rest, string path)
    {
        if (below.Text("object") is { } own)
        {
            Open(below, own, "", rest, path);
        }
        else
        {
            Open(below, type, field, rest, path);
        }
    }

    private JsonNode? Expanded(JsonObject holder, string type, string step, JsonNode? value)
    {
        if (value is JsonValue id)
        {
            return holder[step] = Opened(id) ?? id.DeepClone();
        }

        if (value is null && Sublists.Of(account, type, holder, step) is { } list)
        {
            return holder[step] = list;
        }

        return value;
    }

    private JsonObject? Opened(JsonValue id)
    {
        if (!id.TryGetValue(out string? text) || account.Find(text) is not { } found)
        {
            return null;
        }

        mayRead(found.Text("object")!);
        return Rendering.Of(found);
    }

    private static bool IsWithin(string type, string field) =>
        Expandable.TryGetValue(type, out var fields) && fields.Any(known => known.StartsWith(field + ".", StringComparison.Ordinal));

    private static Dictionary<string, HashSet<string>> ReadTable()
    {
        using Stream stream = typeof(Expansion).Assembly.GetManifestResourceStream("Stripe.expandable.txt")!;
        using StreamReader reader = new(stream);
        Dictionary<string, HashSet<string>> table = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                string[] words = line.Split(' ');
                table[words[0]] = [.. words[1..]];
            }
        }

        return table;
    }
}
