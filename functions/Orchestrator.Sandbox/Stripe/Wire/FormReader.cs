using System.Net;
using System.Text;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>Reads <c>application/x-www-form-urlencoded</c> with nested names: <c>a[b]=c</c>, <c>a[0]=c</c>, <c>a[]=c</c>.</summary>
internal static class FormReader
{
    private const int LargestBody = 1024 * 1024;

    public static async Task<FormNode> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        FormNode root = new();
        AddPairs(root, request.QueryString.Value is ['?', .. var query] ? query : "");
        if (HttpMethods.IsGet(request.Method))
        {
            return root;
        }

        string body = await ReadBodyAsync(request, cancellation);
        if (body.Length > 0)
        {
            if (request.ContentType is { } type && !type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            {
                throw StripeRefusal.Validation(
                    $"Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.");
            }

            AddPairs(root, body);
        }

        return root;
    }

    internal static void AddPairs(FormNode root, string text)
    {
        foreach (string pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = WebUtility.UrlDecode(equals < 0 ? pair : pair[..equals]);
            string value = equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]);
            root.Set(Path(name), value);
        }
    }

    private static string[] Path(string name)
    {
        int open = name.IndexOf('[', StringComparison.Ordinal);
        if (open <= 0 || name[^1] != ']')
        {
            return [name];
        }

        return [name[..open], .. name[(open + 1)..^1].Split("][")];
    }

    private static async Task<string> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        using MemoryStream body = new();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            await body.WriteAsync(buffer.AsMemory(0, read), cancellation);
            if (body.Length > LargestBody)
            {
                throw new StripeRefusal(413, "invalid_request_error", "Request body is too large.") { Saved = false };
            }
        }

        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }
}
