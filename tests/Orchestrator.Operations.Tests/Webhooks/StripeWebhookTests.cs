using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Agents.Cases;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.Webhooks;

public sealed class StripeWebhookTests
{
    [Theory]
    [InlineData("refund.created")]
    [InlineData("refund.updated")]
    [InlineData("refund.failed")]
    [InlineData("charge.refund.updated")]
    public async Task RefundEvent_OfOurs_IsToldToItsCaseOnce(string type)
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Orchestrations.Put(Given.CaseId, new(CasePhase.Settling, "Waiting for Stripe."));

        HttpStatusCode first = await SendAsync(surface, Event(type));
        HttpStatusCode second = await SendAsync(surface, Event(type));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first, second));
        Assert.Equal([(Given.CaseId, "refund-updated", "\"re_1\"")], surface.Orchestrations.Events);
        var entry = surface.Audit.Entries[0];
        Assert.Equal(("stripe", "stripe.webhook.take", "succeeded", "req_1", "case:intent", "re_1"), (entry.Actor, entry.Tool, entry.Outcome, entry.RequestId, entry.IdempotencyKey, entry.Objects[0]));
    }

    [Fact]
    public async Task ChargeRefunded_WithItsRefunds_TellsEach()
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Orchestrations.Put(Given.CaseId, new(CasePhase.Settling, "Waiting for Stripe."));
        string refund = $$"""{"id":"re_1","object":"refund","status":"succeeded","metadata":{"case_id":"{{Given.CaseId}}"} }""";

        await SendAsync(surface, """{"id":"evt_2","type":"charge.refunded","data":{"object":{"id":"ch_1","refunds":{"data":[REFUND,7,{}]}}}}""".Replace("REFUND", refund, StringComparison.Ordinal));

        Assert.Single(surface.Orchestrations.Events);
    }

    [Fact]
    public async Task Failure_OfARefundWhoseCaseIsClosed_ReopensItForAPerson()
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Orchestrations.Put(Given.CaseId, null, new(CaseEnd.Refunded, "Refunded."));

        HttpStatusCode status = await SendAsync(surface, Event("refund.failed", status: "failed"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(await surface.Orchestrations.GetInstanceAsync(Given.CaseId + "-failed-re_1"));
    }

    [Theory]
    [InlineData("""{"id":"evt_1","type":"invoice.paid","data":{"object":{"id":"in_1"}}}""")]
    [InlineData("""{"id":"evt_1","type":"refund.updated","data":{"object":{"id":"re_1","status":"succeeded","metadata":{}}}}""")]
    [InlineData("""{"id":"evt_1","type":"refund.updated","data":{"object":{"id":"re_1","status":"succeeded","metadata":{"case_id":"case-unknown"}}}}""")]
    [InlineData("""{"id":"evt_1","type":"refund.updated","data":{"object":{"id":"re_1","status":"succeeded","metadata":{"case_id":"../../etc"}}}}""")]
    [InlineData("""{"id":"evt_1","type":"charge.refunded","data":{"object":{"id":"ch_1"}}}""")]
    [InlineData("""{"id":"evt_1","type":"refund.updated"}""")]
    public async Task Event_ThatIsNotOurs_IsAcceptedAndTellsNobody(string body)
    {
        await using Surface surface = await Surface.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await SendAsync(surface, body));
        Assert.Empty(surface.Orchestrations.Events);
    }

    [Theory]
    [InlineData("\"livemode\":true,")]
    [InlineData("\"account\":\"acct_other\",\"livemode\":false,")]
    public async Task Event_OfAnotherModeOrAccount_IsIgnored(string from)
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Orchestrations.Put(Given.CaseId, new(CasePhase.Settling, "Waiting for Stripe."));

        Assert.Equal(HttpStatusCode.OK, await SendAsync(surface, Event("refund.failed", "failed").Replace("\"type\"", from + "\"type\"", StringComparison.Ordinal)));

        Assert.Empty(surface.Orchestrations.Events);
        Assert.Empty(surface.Audit.Entries);
    }

    [Fact]
    public async Task Event_DeliveredTenTimes_IsOnTheRecordOnce()
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Orchestrations.Put(Given.CaseId, new(CasePhase.Settling, "Waiting for Stripe."));
        for (int delivery = 0; delivery < 10; delivery++)
        {
            await SendAsync(surface, Event("refund.updated"));
        }

        await SendAsync(surface, Event("refund.updated").Replace("evt_1", "evt_2", StringComparison.Ordinal));

        Assert.Equal(2, surface.Audit.Entries.Count);
    }

    [Fact]
    public async Task Unsigned_InNumbers_CostsNoReadOfTheVault()
    {
        await using Surface surface = await Surface.StartAsync();
        string old = (surface.Clock.GetUtcNow().ToUnixTimeSeconds() - 301).ToString(CultureInfo.InvariantCulture);
        foreach (string header in new[] { "", "v1=00", "t=1,v1=zz", $"t={old},v1={Sign("whsec_one", old, "{}")}" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(surface, "{}", header));
        }

        Assert.Equal(0, surface.Keys.Reads);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"id":7,"type":"refund.updated"}""")]
    [InlineData("""{"id":"evt_1","id":"evt_2","type":"refund.updated","data":{"object":{"id":"re_1"}}}""")]
    [InlineData("""{"id":"evt_1","type":"refund.updated","data":{"object":{"id":"re_1","metadata":{"case_id":"a","case_id":"b"}}}}""")]
    [InlineData("""{"id":"evt_\ud800","type":"refund.updated","data":{"object":{"id":"re_1"}}}""")]
    [InlineData("""{"id":"../evt 1","type":"refund.updated","data":{"object":{"id":"re_1"}}}""")]
    public async Task Body_ThatIsNoEvent_IsRefused(string body)
    {
        await using Surface surface = await Surface.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(surface, body));
    }

    [Theory]
    [InlineData("t={t},v1={one}", 0, true)]
    [InlineData("t={t},v1={two}", 0, true)]
    [InlineData("t={t},v1={wrong},v1={one}", 0, true)]
    [InlineData("t={t},v0={wrong},v1={one}", 0, true)]
    [InlineData("t={t},v1={one}", -300, true)]
    [InlineData("t={t},v1={one}", 300, true)]
    [InlineData("t={t},v1={one}", -301, false)]
    [InlineData("t={t},v1={one}", 301, false)]
    [InlineData("t={t},v1={wrong}", 0, false)]
    [InlineData("t={t},v0={one}", 0, false)]
    [InlineData("t={t},t=1,v1={one}", 0, false)]
    [InlineData("v1={one}", 0, false)]
    [InlineData("t=,v1={one}", 0, false)]
    [InlineData("t={t}", 0, false)]
    [InlineData("t=99999999999999999999,v1={one}", 0, false)]
    public async Task Signature_OfEveryShape_IsJudged(string header, int offset, bool valid)
    {
        await using Surface surface = await Surface.StartAsync();
        string body = Event("refund.updated");
        string stamp = (surface.Clock.GetUtcNow().ToUnixTimeSeconds() + offset).ToString(CultureInfo.InvariantCulture);
        string filled = header.Replace("{t}", stamp, StringComparison.Ordinal)
            .Replace("{one}", Sign("whsec_one", stamp, body), StringComparison.Ordinal)
            .Replace("{two}", Sign("whsec_two", stamp, body), StringComparison.Ordinal)
            .Replace("{wrong}", Sign("whsec_three", stamp, body), StringComparison.Ordinal);

        Assert.Equal(valid ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await PostAsync(surface, body, filled));
        Assert.Equal(valid ? 1 : 0, surface.Audit.Entries.Count);
    }

    [Fact]
    public async Task Body_ChangedAfterSigning_IsRefused()
    {
        await using Surface surface = await Surface.StartAsync();
        string stamp = surface.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string body = Event("refund.updated");

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(surface, body + " ", $"t={stamp},v1={Sign("whsec_one", stamp, body)}"));
    }

    private static string Event(string type, string status = "succeeded") =>
        """{"id":"evt_1","object":"event","type":"TYPE","request":{"id":"req_1","idempotency_key":"case:intent"},"data":{"object":{"id":"re_1","object":"refund","status":"STATUS","charge":"ch_1","metadata":{"case_id":"CASE"}}}}"""
            .Replace("TYPE", type, StringComparison.Ordinal).Replace("STATUS", status, StringComparison.Ordinal).Replace("CASE", Given.CaseId, StringComparison.Ordinal);

    private static Task<HttpStatusCode> SendAsync(Surface surface, string body)
    {
        string stamp = surface.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return PostAsync(surface, body, $"t={stamp},v1={Sign("whsec_one", stamp, body)}");
    }

    private static string Sign(string secret, string stamp, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{stamp}.{body}")));

    private static async Task<HttpStatusCode> PostAsync(Surface surface, string body, string signature)
    {
        using HttpClient stripe = surface.Program(null);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/stripe") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        using HttpResponseMessage answer = await stripe.SendAsync(request);
        return answer.StatusCode;
    }
}
