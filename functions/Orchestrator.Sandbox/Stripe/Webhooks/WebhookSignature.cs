using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Sandbox.Stripe.Webhooks;

/// <summary><c>Stripe-Signature</c>: HMAC-SHA256 of <c>"{t}.{body}"</c> with the endpoint's <c>whsec_</c> secret. <see href="https://docs.stripe.com/webhooks#verify-manually"/>.</summary>
internal static class WebhookSignature
{
    public static string Of(string body, string secret, long now)
    {
        string time = now.ToString(CultureInfo.InvariantCulture);
        byte[] mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(mac)}";
    }
}
