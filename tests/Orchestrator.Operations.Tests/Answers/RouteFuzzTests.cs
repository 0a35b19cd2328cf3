using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Operations.Tests.Hosting;
using Xunit.Abstractions;

namespace Orchestrator.Operations.Tests.Answers;

/// <summary>No input gives a 500: every route by every method with ids, queries, forms and bodies that nobody meant, signed where a signature is asked for.</summary>
public sealed class RouteFuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

    private static readonly string[] Types = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "application/json; charset=utf-16", "a/b"];

    private static readonly string[] Words =
    [
        "", "%00", "%ED%A0%80", "..%2f..", "%25", "case-0123456789abcdef", "case-0123456789abcdef-r1", "%F0%9F%92%A9", "a%0d%0ab", "-1", "9999999999999999999999", "null", "'", "%22%3E%3Cscript%3E", new('x', 3_000),
    ];

    private static readonly string[] Bodies =
    [
        "", "{}", "[]", "null", "7", "\"\\ud800\"", "{\"reason\":\"\\ud800\"}", "{\"reason\":\"\\u0000\"}", "{\"kind\":\"approve\",\"kind\":\"deny\"}", "{\"messagesSeen\":1e400}",
        "{\"value\":[{}]}", "{\"value\":[{\"resource\":\"\\ud83d\",\"clientState\":\"graph-state\"}]}", "kind=approve&amount=%ED%A0%80&form-token=%00", "=&=&&;", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\0",
        "{\"id\":\"evt_1\",\"type\":\"charge.refunded\",\"data\":{\"object\":{\"refunds\":{\"data\":[{\"id\":\"\\udfff\",\"metadata\":{\"case_id\":\"\\u0000\"}}]}}}}",
        "{\"messageId\":\"m\\u0000\",\"from\":{\"address\":\"a@b.example\",\"name\":\"\\ud800\"},\"text\":\"\\ud800 \\u0000 \\uffff\",\"subject\":\"\\u202e\"}",
        "{\"messageId\":\"m1\",\"from\":{\"address\":\"a@b.example\"},\"text\":\"x\",\"receivedAt\":\"0001-01-01T00:00:00+14:00\"}",
        "{\"messageId\":\"m2\",\"from\":{\"address\":\"a@b.example\"},\"html\":\"<p\\u0000<![CDATA[\"}",
        new string('[', 5_000), "\u00ff\u00fe", "{\"a\":" + new string('1', 20_000) + "}",
    ];

    public static TheoryData<int> Seeds => [20261127, Random.Shared.Next()];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task EveryRoute_ByEveryMethod_IsAnsweredWithoutAFault(int seed)
    {
        output.WriteLine($"Seed {seed}.");
        var random = new Random(seed);
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient person = await surface.SignedInAsync();
        using HttpClient token = surface.Program();
        string[] patterns = [.. surface.Routes.OfType<RouteEndpoint>().Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal)];
        Assert.NotEmpty(patterns);

        foreach (string pattern in patterns)
        {
            for (int round = 0; round < 40; round++)
            {
                string path = pattern.Replace("{id}", Pick(Words), StringComparison.Ordinal).Replace("{name}", Pick(Words), StringComparison.Ordinal);
                string query = random.Next(2) == 0 ? "" : $"?{Pick(["state", "status", "limit", "view", "case", "return", "after", "validationToken", "decided", "verify"])}={Pick(Words)}";
                string method = Pick(Methods);
                string type = Pick(Types);
                byte[] body = Mangled(Encoding.UTF8.GetBytes(Pick(Bodies)));
                using var request = new HttpRequestMessage(new(method), path + query);
                if (method is not ("GET" or "HEAD" or "TRACE"))
                {
                    request.Content = new ByteArrayContent(body);
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                }

                Sign(request, body, surface.Clock.GetUtcNow());
                using HttpResponseMessage answer = await (random.Next(3) == 0 ? token : person).SendAsync(request);

                Assert.True(
                    (int)answer.StatusCode < 500,
                    $"Seed {seed}: {method} {path}{query} with {type} and {Convert.ToBase64String(body)[..Math.Min(400, Convert.ToBase64String(body).Length)]} was answered {(int)answer.StatusCode}: {string.Join('\n', surface.Log.Lines.TakeLast(3))}");
            }
        }

        string Pick(string[] from) => from[random.Next(from.Length)];

        byte[] Mangled(byte[] body)
        {
            for (int change = random.Next(4); change > 1 && body.Length > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            return body;
        }
    }

    private static void Sign(HttpRequestMessage request, byte[] body, DateTimeOffset now)
    {
        string stamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        foreach ((string header, string secret) in new[] { ("X-Orchestrator-Signature", "inbox-secret-1"), ("Stripe-Signature", "whsec_one") })
        {
            byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes(stamp + "."), .. body]);
            request.Headers.Add(header, $"t={stamp},v1={Convert.ToHexStringLower(signature)}");
        }
    }
}
