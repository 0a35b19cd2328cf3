using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Mail;

/// <summary>Communication Services' signature with the resource's access key (learn.microsoft.com/rest/api/communication/authentication).</summary>
internal static class HmacSigning
{
    /// <exception cref="PermanentFailureException">The key is no access key.</exception>
    public static void Sign(HttpRequestMessage request, ReadOnlySpan<byte> content, KeyLease key, DateTimeOffset now)
    {
        Uri address = request.RequestUri!;
        string date = now.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);
        string hash = Convert.ToBase64String(SHA256.HashData(content));
        string signed = $"{request.Method}\n{address.PathAndQuery}\n{date};{address.Authority};{hash}";
        string signature = Convert.ToBase64String(HMACSHA256.HashData(Secret(key), Encoding.UTF8.GetBytes(signed)));
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-content-sha256", hash);
        request.Headers.TryAddWithoutValidation("Authorization", $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}");
    }

    /// <summary>The key's bytes.</summary>
    /// <exception cref="PermanentFailureException">The key is no access key.</exception>
    public static byte[] Secret(KeyLease key)
    {
        string value = key.Reveal();
        byte[] secret = new byte[value.Length];
        return Convert.TryFromBase64String(value, secret, out int length) && length >= 16
            ? secret[..length]
            : throw new PermanentFailureException($"The value of key '{key.Name}' (version {key.Version}) is no access key of Communication Services. Store the part after accesskey= of its connection string, nothing else.", "key_malformed");
    }
}
