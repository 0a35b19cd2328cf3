using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Sandbox.Stripe.Books;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>
/// Stripe's search language: clauses <c>field:value</c> (exact), <c>field~value</c> (part), comparisons, <c>metadata["key"]:"value"</c>,
/// a leading minus, joined by AND or by OR, never both. <see href="https://docs.stripe.com/search"/>.
/// </summary>
internal sealed partial class SearchQuery
{
    private readonly List<Func<JsonObject, bool>> _clauses = [];
    private readonly bool _any;

    private SearchQuery(string query, IReadOnlyDictionary<string, string> fields)
    {
        bool and = false;
        string rest = query.Trim();
        while (rest.Length > 0)
        {
            Match match = Clause().Match(rest);
            if (!match.Success)
            {
                throw Unreadable(query);
            }

            _clauses.Add(Test(match, fields, query));
            rest = rest[match.Length..].Trim();
            Match joint = Joint().Match(rest);
            bool or = joint.Success && joint.Value.Trim().Equals("OR", StringComparison.OrdinalIgnoreCase);
            _any |= or;
            and |= rest.Length > 0 && !or;
            rest = joint.Success ? rest[joint.Length..].Trim() : rest;
        }

        if (_clauses.Count == 0 || (_any && and))
        {
            throw Unreadable(query);
        }
    }

    /// <summary>
    /// <c>fields</c>: searchable names and the dotted path of each.
    /// </summary>
    public static JsonObject Page(Call call, string type, IReadOnlyDictionary<string, string> fields)
    {
        SearchQuery query = new(call.Params.Text("query")!, fields);
        int limit = Paging.Limit(call.Params);
        int from = call.Params.Text("page") is { } page && int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out int start) ? start : 0;
        long indexed = call.Work.Now - Settings.Of(call.Work.Account).Amount("search_lag_seconds");
        JsonObject[] found = [.. call.Work.Account.Latest(type).Where(item => item.Amount("created") <= indexed && query.Matches(item)).Skip(from)];
        return new JsonObject
        {
            ["object"] = "search_result",
            ["data"] = new JsonArray([.. found.Take(limit).Select(Rendering.Of)]),
            ["has_more"] = found.Length > limit,
            ["next_page"] = found.Length > limit ? (from + limit).ToString(CultureInfo.InvariantCulture) : null,
            ["url"] = call.Path,
        };
    }

    private bool Matches(JsonObject item) => !item.Flag("deleted") && (_any ? _clauses.Any(clause => clause(item)) : _clauses.All(clause => clause(item)));

    private static Func<JsonObject, bool> Test(Match match, IReadOnlyDictionary<string, string> fields, string query)
    {
        bool negated = match.Groups["not"].Length > 0;
        string field = match.Groups["field"].Value;
        string wanted = Unquote(match.Groups["value"].Value);
        string sign = match.Groups["sign"].Value;
        string path = match.Groups["key"] is { Success: true } key ? "metadata\0" + Unquote(key.Value)
            : fields.TryGetValue(field, out string? known) ? known.Replace('.', '\0')
            : throw StripeRefusal.Validation($"Field `{field}` is an unsupported search field for resource. See http://stripe.com/docs/search#query-fields-for-resource for a list of supported fields.", param: "query");
        return item => Compare(Value(item, path.Split('\0')), sign, wanted, query) != negated;
    }

    private static bool Compare(string? actual, string sign, string wanted, string query)
    {
        if (wanted == "null")
        {
            return actual is null;
        }

        if (actual is null)
        {
            return false;
        }

        return sign switch
        {
            ":" => actual.Equals(wanted, StringComparison.OrdinalIgnoreCase),
            "~" when wanted.Length >= 3 => actual.Contains(wanted, StringComparison.OrdinalIgnoreCase),
            ">" => Number(actual, query) > Number(wanted, query),
            ">=" => Number(actual, query) >= Number(wanted, query),
            "<" => Number(actual, query) < Number(wanted, query),
            "<=" => Number(actual, query) <= Number(wanted, query),
            _ => throw Unreadable(query),
        };
    }

    private static decimal Number(string text, string query) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) ? number : throw Unreadable(query);

    private static string? Value(JsonObject item, string[] path)
    {
        JsonNode? value = item;
        foreach (string step in path)
        {
            value = value is JsonObject json ? json[step] : null;
        }

        return value?.ToString();
    }

    private static string Unquote(string text) => text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0]
        ? text[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\'", "'", StringComparison.Ordinal)
        : text;

    private static StripeRefusal Unreadable(string query) => StripeRefusal.Validation(
        $"We were unable to parse your search query {query}. See https://stripe.com/docs/search for more information.", param: "query");

    [GeneratedRegex("""\G(?<not>-?)(?:metadata\[(?<key>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\]|(?<field>[a-z_0-9.]+))\s*(?<sign>>=|<=|[:~<>])\s*(?<value>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s"']+)""")]
    private static partial Regex Clause();

    [GeneratedRegex(@"\G(?:AND|OR)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Joint();
}
