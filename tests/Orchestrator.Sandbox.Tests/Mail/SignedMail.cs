using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.Sandbox.Tests.Mail;

/// <summary>Signs a request as Communication Services' clients do, written from the documentation and not from the stand-in.</summary>
internal static class SignedMail
{
    public static JsonObject Message(string to = "ana@customer.example", string subject = "Your refund") => new()
    {
        ["senderAddress"] = "DoNotReply@sandbox.example",
        ["content"] = new JsonObject { ["subject"] = subject, ["plainText"] = "We sent you 42.00 USD." },
        ["recipients"] = new JsonObject { ["to"] = new JsonArray(new JsonObject { ["address"] = to, ["displayName"] = "Ana" }) },
    };

    public static HttpRequestMessage Send(MailAddress mail, DateTimeOffset now, string body, string? operation = null)
    {
        var request = Sign(mail, HttpMethod.Post, new Uri(mail.Address, "/emails:send?api-version=2025-09-01"), now, Encoding.UTF8.GetBytes(body));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (operation is not null)
        {
            request.Headers.Add("Operation-Id", operation);
        }

        return request;
    }

    public static HttpRequestMessage Status(MailAddress mail, DateTimeOffset now, Uri operation) => Sign(mail, HttpMethod.Get, operation, now, []);

    private static HttpRequestMessage Sign(MailAddress mail, HttpMethod method, Uri address, DateTimeOffset now, byte[] body)
    {
        string date = now.ToString("r", CultureInfo.InvariantCulture);
        string hash = Convert.ToBase64String(SHA256.HashData(body));
        string toSign = $"{method}\n{address.PathAndQuery}\n{date};{address.Authority};{hash}";
        string signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(mail.AccessKey), Encoding.ASCII.GetBytes(toSign)));
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add("x-ms-date", date);
        request.Headers.Add("x-ms-content-sha256", hash);
        request.Headers.Authorization = new AuthenticationHeaderValue("HMAC-SHA256", $"SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}");
        return request;
    }
}
