using System.Net;
using System.Text.RegularExpressions;

namespace Orchestrator.Operations.Tests.Hosting;

/// <summary>Just enough of a browser to post our own forms.</summary>
internal static partial class Html
{
    /// <summary>The page's form token and the fields given.</summary>
    public static FormUrlEncodedContent Form(string page, params (string Name, string Value)[] fields) =>
        new([new("form-token", Token(page)), .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]);

    public static string Token(string page) => WebUtility.HtmlDecode(FormToken().Match(page).Groups[1].Value);

    /// <summary>The page as its text reads, white space folded.</summary>
    public static string Text(string page) => Space().Replace(WebUtility.HtmlDecode(Tags().Replace(page, " ")), " ");

    public static string Field(string page, string name) =>
        WebUtility.HtmlDecode(Regex.Match(page, $"name=\"{Regex.Escape(name)}\"[^>]*value=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
