using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Sandbox.Json;

namespace Orchestrator.Sandbox.Faults;

/// <summary>Reads a rule as posted. A member it does not know is an error: a fault that never happens makes a test that cannot fail.</summary>
internal static class FaultRuleReader
{
    private static readonly string[] s_known =
    [
        "method", "path", "pathRegex", "skip", "times", "kind",
        "milliseconds", "status", "body", "contentType", "headers", "afterEffect", "truncateTo", "html",
    ];

    /// <returns>The rule, or null and what is wrong with it.</returns>
    public static FaultRule? Read(JsonObject source, out string problem)
    {
        if (source.Select(member => member.Key).FirstOrDefault(name => !s_known.Contains(name)) is { } unknown)
        {
            problem = $"'{unknown}' is no member of a fault rule; known are {string.Join(", ", s_known)}.";
            return null;
        }

        if (ReadPattern(source, out var pattern) is { } bad)
        {
            problem = bad;
            return null;
        }

        var fault = ReadFault(source, out problem);
        return fault is null
            ? null
            : new FaultRule(source.Text("method"), source.Text("path"), pattern, (int)(source.Whole("skip") ?? 0), (int)(source.Whole("times") ?? 1), fault, source);
    }

    private static string? ReadPattern(JsonObject source, out Regex? pattern)
    {
        pattern = null;
        if (source.Text("pathRegex") is not { } text)
        {
            return null;
        }

        try
        {
            pattern = new Regex(text, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return null;
        }
        catch (ArgumentException wrong)
        {
            return $"pathRegex: {wrong.Message}";
        }
    }

    private static Fault? ReadFault(JsonObject source, out string problem)
    {
        problem = "";
        switch (source.Text("kind"))
        {
            case "latency" when source.Whole("milliseconds") is { } wait and >= 0:
                return new Fault.Latency(TimeSpan.FromMilliseconds(wait));
            case "status" when source.Whole("status") is { } status and >= 200 and <= 599:
                var headers = source.Child("headers")?.ToDictionary(header => header.Key, header => header.Value.Text() ?? "") ?? [];
                return new Fault.Status((int)status, Body(source) ?? "", ContentType(source) ?? "application/json", headers, source.Flag("afterEffect") ?? false);
            case "cutBefore":
                return new Fault.CutBefore();
            case "cutAfter":
                return new Fault.CutAfter();
            case "wrongAnswer" when Body(source) is { } body:
                return new Fault.WrongAnswer(body, ContentType(source), null);
            case "wrongAnswer" when source.Whole("truncateTo") is { } length and >= 0:
                return new Fault.WrongAnswer(null, ContentType(source), (int)length);
            case "wrongAnswer" when source.Flag("html") == true:
                return new Fault.WrongAnswer("<!doctype html><html><head><title>Bad gateway</title></head><body><h1>502 Bad gateway</h1></body></html>", "text/html", null);
            case "latency":
                problem = "A latency fault needs milliseconds, 0 or more.";
                return null;
            case "status":
                problem = "A status fault needs status, 200 to 599.";
                return null;
            case "wrongAnswer":
                problem = "A wrongAnswer fault needs body, truncateTo or html: true.";
                return null;
            default:
                problem = "kind is one of latency, status, cutBefore, cutAfter, wrongAnswer.";
                return null;
        }
    }

    /// <summary>A body may be given as text or, for convenience, as JSON.</summary>
    private static string? Body(JsonObject source) => source["body"] is { } body ? body.Text() ?? body.ToJsonString() : null;

    private static string? ContentType(JsonObject source) => source.Text("contentType");
}
