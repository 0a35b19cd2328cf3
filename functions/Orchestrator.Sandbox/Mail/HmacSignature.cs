using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Orchestrator.Sandbox.Mail;

/// <summary>
/// The request signature of Communication Services: HMAC-SHA256 over method, path with query, and the values of date,
/// host and body hash (learn.microsoft.com/rest/api/communication/authentication).
/// </summary>
internal sealed class HmacSignature(string accessKey, TimeProvider machine)
{
    private const string Scheme = "HMAC-SHA256 ";

    /// <summary>How far the sender's clock may be off.</summary>
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);

    private readonly byte[] _key = Convert.FromBase64String(accessKey);

    /// <returns>What is wrong with the signature, or null.</returns>
    public string? Check(HttpContext context, byte[] body)
    {
        var headers = context.Request.Headers;
        string authorization = headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return "The request carries no HMAC-SHA256 authorization.";
        }

        var parts = authorization[Scheme.Length..].Split('&').Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .ToLookup(part => part[0].Trim(), part => part[1], StringComparer.OrdinalIgnoreCase);
        string[] signed = (parts["SignedHeaders"].FirstOrDefault() ?? "").Split(';');
        string? date = signed.FirstOrDefault(name => name is "x-ms-date" or "date");
        if (date is null || !signed.Contains("host") || !signed.Contains("x-ms-content-sha256"))
        {
            return "The signed headers must be x-ms-date, host and x-ms-content-sha256.";
        }

        if (!DateTimeOffset.TryParseExact(headers[date].ToString(), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sent)
            || (machine.GetUtcNow() - sent).Duration() > s_skew)
        {
            return $"The date of the request is missing or more than {s_skew.TotalMinutes:0} minutes off.";
        }

        if (headers["x-ms-content-sha256"] != Convert.ToBase64String(SHA256.HashData(body)))
        {
            return "x-ms-content-sha256 is not the hash of the body.";
        }

        string values = string.Join(';', signed.Select(name => name == "host" ? context.Request.Host.Value : headers[name].ToString()));
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        byte[] expected = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{context.Request.Method}\n{target}\n{values}"));
        return Matches(expected, parts["Signature"].FirstOrDefault() ?? "") ? null : "The signature does not match the request.";
    }

    private static bool Matches(byte[] expected, string given)
    {
        var bytes = new byte[expected.Length];
        return Convert.TryFromBase64String(given, bytes, out int length) && length == bytes.Length && CryptographicOperations.FixedTimeEquals(bytes, expected);
    }
}
