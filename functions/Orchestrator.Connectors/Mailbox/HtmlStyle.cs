using System.Globalization;
using AngleSharp.Dom;

namespace Orchestrator.Connectors.Mailbox;

/// <summary>As much of an element's style as says whether anyone can see its text.</summary>
internal readonly record struct HtmlStyle(string Color, string Background, bool IsInvisible)
{
    public static readonly HtmlStyle Plain = new("#000000", "#ffffff", false);

    public HtmlStyle Within(IElement element)
    {
        string color = Normalize(element.GetAttribute("color") ?? Color);
        string background = Normalize(element.GetAttribute("bgcolor") ?? Background);
        bool gone = element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") == "true" && element.TextContent.Length > 0 && element.TagName != "SPAN";
        foreach (string declaration in (element.GetAttribute("style") ?? "").Split(';'))
        {
            int colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                continue;
            }

            string name = declaration[..colon].Trim().ToLowerInvariant();
            string value = declaration[(colon + 1)..].Replace("!important", "", StringComparison.OrdinalIgnoreCase).Trim().ToLowerInvariant();
            color = name == "color" ? Normalize(value) : color;
            background = name is "background" or "background-color" && !value.Contains("url", StringComparison.Ordinal) ? Normalize(value) : background;
            gone |= Hides(name, value);
        }

        return new HtmlStyle(color, background, gone || color == background || color == "transparent");
    }

    private static bool Hides(string name, string value) => name switch
    {
        "display" => value == "none",
        "visibility" => value is "hidden" or "collapse",
        "opacity" => Number(value) is < 0.1,
        "font-size" => Number(value) is < 3 && !value.EndsWith("em", StringComparison.Ordinal) && !value.EndsWith('%') || Number(value) is 0,
        "max-height" or "max-width" or "height" or "width" => Number(value) is 0,
        "text-indent" or "left" or "top" or "margin-left" => Number(value) is < -500,
        "mso-hide" => value == "all",
        "clip" => value.Replace(" ", "", StringComparison.Ordinal).StartsWith("rect(0", StringComparison.Ordinal),
        _ => false,
    };

    private static double? Number(string value)
    {
        string digits = new([.. value.TakeWhile(c => char.IsAsciiDigit(c) || c is '.' or '-')]);
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
    }

    /// <summary>Names and short forms of white and black, and the almost white, as one spelling.</summary>
    private static string Normalize(string color)
    {
        string value = color.Trim().ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);
        value = value is ['#', _, _, _] ? $"#{value[1]}{value[1]}{value[2]}{value[2]}{value[3]}{value[3]}" : value;
        return value switch
        {
            "white" or "rgb(255,255,255)" or "rgba(255,255,255,1)" => "#ffffff",
            "black" or "rgb(0,0,0)" => "#000000",
            ['#', 'f', >= 'c', 'f', >= 'c', 'f', >= 'c'] => "#ffffff",
            "rgba(0,0,0,0)" or "rgba(255,255,255,0)" => "transparent",
            _ => value,
        };
    }
}
