using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Orchestrator.Operations.Answers;

namespace Orchestrator.Operations;

/// <summary>
/// Refuses a path that would be read as another one than was sent: whoever stands in front and allows or forbids by path has seen the sent one. No route of ours needs
/// a dot segment, an empty segment, a backslash, or one of these encoded.
/// </summary>
internal static class PlainPaths
{
    private static readonly string[] Ambiguous = ["//", "\\", "%2f", "%5c", "%2e", "%00", "%25"];

    private static readonly Problem NotPlain = Problem.Of(
        400, "path-ambiguous", "This address can be read in two ways", "Its path holds dot segments, empty segments or encoded separators.", "Open the plain address.");

    public static void UsePlainPaths(this IApplicationBuilder app) => app.Use((context, next) =>
        IsPlain(context.Features.Get<IHttpRequestFeature>()?.RawTarget) ? next(context) : Answer.WriteAsync(context, NotPlain));

    /// <param name="target">The request line's target; null or empty where the server does not keep it.</param>
    internal static bool IsPlain(string? target)
    {
        if (string.IsNullOrEmpty(target))
        {
            return true;
        }

        string path = target.Split('?', '#')[0];
        if (path[0] != '/' && Uri.TryCreate(target, UriKind.Absolute, out _))
        {
            // The absolute form, as proxies send it: what comes after the authority counts, as it was sent.
            int authority = path.IndexOf("://", StringComparison.Ordinal);
            int slash = authority < 0 ? -1 : path.IndexOf('/', authority + 3);
            path = slash < 0 ? "/" : path[slash..];
        }

        return !Ambiguous.Any(part => path.Contains(part, StringComparison.OrdinalIgnoreCase)) && !path.Split('/').Any(segment => segment is "." or "..");
    }
}
