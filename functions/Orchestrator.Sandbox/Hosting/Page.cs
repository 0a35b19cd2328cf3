using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Orchestrator.Sandbox.Hosting;

/// <summary>The frame of the sandbox's few pages: no script, no outside resource, light or dark as the system is.</summary>
internal static class Page
{
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>A page shows the newest so many; the JSON beside it has them all.</summary>
    public const int Newest = 200;

    private const string Style = """
        :root { color-scheme: light dark; --ink: light-dark(#1d2330, #e6e9f0); --soft: light-dark(#5a6273, #a3acbd);
          --ground: light-dark(#f4f5f8, #14171e); --card: light-dark(#fff, #1d222c); --line: light-dark(#d9dde6, #333b49);
          --link: light-dark(#0b57b8, #8ab8ff); --bad: light-dark(#a8201a, #ff9d96); }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 0 0 .25rem; }
        a { color: var(--link); } a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        .soft, time { color: var(--soft); font-size: .9rem; } .bad { color: var(--bad); font-weight: 600; }
        article { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.25rem; margin: 1rem 0; }
        dl { display: grid; grid-template-columns: minmax(5rem, auto) 1fr; gap: .15rem 1rem; margin: .5rem 0; } dt { color: var(--soft); } dd { margin: 0; }
        .text { white-space: pre-wrap; margin: .75rem 0 0; } pre { white-space: pre-wrap; margin: .5rem 0 0; font-size: .85rem; }
        .columns { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; } .columns > div { flex: 1 1 8rem; }
        .big { font-size: 1.25rem; } .bold { font-weight: 650; } p { margin: .25rem 0; }
        .actions { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .75rem; padding: 0; list-style: none; }
        .line { white-space: pre-wrap; margin: .1rem 0; } .line.big { margin: .5rem 0; } details { margin-top: .5rem; }
        .actions li { align-self: center; } .actions details { margin: 0; }
        .actions a { display: inline-block; min-height: 44px; padding: .55rem 1rem; border: 1px solid var(--link); border-radius: .4rem; text-decoration: none; }
        summary { cursor: pointer; min-height: 24px; }
        """;

    public static string Escape(string? text) => s_encoder.Encode(text ?? "");

    public static string Time(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return string.Create(CultureInfo.InvariantCulture, $"<time datetime=\"{utc:O}\">{utc:d MMM yyyy, HH:mm:ss} UTC</time>");
    }

    /// <summary>Title and intro are plain text; the content is HTML, escaped by its writer.</summary>
    public static Task WriteAsync(HttpContext context, string title, string intro, StringBuilder content)
    {
        string html = $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Escape(title)}</title><style>{Style}</style></head>
            <body><main><h1>{Escape(title)}</h1><p class="soft">{Escape(intro)}</p>
            {content}
            </main></body>
            </html>
            """;
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        return Wire.AnswerAsync(context, 200, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html));
    }
}
