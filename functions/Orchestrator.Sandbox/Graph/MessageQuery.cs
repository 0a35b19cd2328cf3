using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Graph;

/// <summary>The few OData options that reading a mailbox takes. Others are refused, not ignored: a filter that does nothing is a lie.</summary>
internal sealed partial record MessageQuery(DateTimeOffset Since, bool OldestFirst, int Top, int Skip, string Names)
{
    private static readonly string[] s_known = ["$filter", "$orderby", "$top", "$skip", "$select"];

    /// <summary>Given only when asked for by name.</summary>
    private static readonly string[] s_onRequest = ["internetMessageHeaders"];

    public static MessageQuery? Read(IQueryCollection query)
    {
        var since = DateTimeOffset.MinValue;
        string filter = query["$filter"].ToString();
        string order = query["$orderby"].ToString();
        bool understood = query.Keys.All(s_known.Contains)
            && (filter.Length == 0 || (SinceTime.Match(filter) is { Success: true } match
                && DateTimeOffset.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since)))
            && order is "" or "receivedDateTime" or "receivedDateTime asc" or "receivedDateTime desc";
        return understood
            ? new MessageQuery(since, order is "receivedDateTime" or "receivedDateTime asc", Number(query, "$top", 10, 1000), Number(query, "$skip", 0, int.MaxValue), query["$select"].ToString())
            : null;
    }

    public static JsonObject Select(JsonObject message, string names)
    {
        if (names.Length == 0)
        {
            foreach (string name in s_onRequest)
            {
                message.Remove(name);
            }

            return message;
        }

        string[] wanted = [.. names.Split(',').Select(name => name.Trim()), "id", "@odata.etag"];
        foreach (string name in message.Select(member => member.Key).Except(wanted, StringComparer.Ordinal).ToList())
        {
            message.Remove(name);
        }

        return message;
    }

    public JsonObject Page(MailboxMessages messages, HttpContext context, string mailbox)
    {
        var all = messages.Since(Since);
        var page = (OldestFirst ? all.Reverse() : all).Skip(Skip).Take(Top).Select(message => (JsonNode)Select(message, Names));
        var answer = new JsonObject
        {
            ["@odata.context"] = $"https://graph.microsoft.com/v1.0/$metadata#users('{mailbox}')/messages",
            ["value"] = new JsonArray([.. page]),
        };
        if (Skip + Top < all.Count)
        {
            var rest = QueryString.Create(context.Request.Query.Where(option => option.Key != "$skip").Append(new("$skip", (Skip + Top).ToString(CultureInfo.InvariantCulture))));
            answer["@odata.nextLink"] = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}{rest}";
        }

        return answer;
    }

    private static int Number(IQueryCollection query, string name, int otherwise, int most) =>
        int.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? Math.Min(number, most) : otherwise;

    [GeneratedRegex(@"^receivedDateTime ge ([0-9T:.Z+-]+)$")]
    private static partial Regex SinceTime { get; }
}
