using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Connectors.Stripe;
using Orchestrator.Connectors.Tests.Wire;

namespace Orchestrator.Connectors.Tests.Stripe;

/// <summary>What <see cref="IRefunds"/> promises, whoever carries the order to Stripe.</summary>
public abstract class StripeRefundsContract
{
    /// <summary>How often an order is sent to which Stripe gives no answer, or one that it may give otherwise the next time: always under the same idempotency key.</summary>
    protected abstract int Sendings { get; }

    protected abstract StripePayments Open(StripeOptions options);

    [Fact]
    public async Task Create_Accepted_SendsTheIntentAndGivesTheRefund()
    {
        await using WireServer server = await WireServer.StartAsync(200, StripeSamples.Refund(amount: 500, currency: "jpy", status: "pending"), ("Request-Id", "req_1"));
        using StripePayments stripe = Open(new(server.Address));
        ActCall call = StripeSamples.Call(KeyNames.StripeRefund);

        var made = Assert.IsType<RefundAnswer.Made>(await stripe.CreateAsync(call, StripeSamples.Order("jpy", 500), default));

        Assert.Equal((RefundStatus.Pending, "JPY 500"), (made.Refund.Status, made.Refund.Amount.ToString()));
        WireRequest asked = server.Only;
        Assert.Equal(("POST", "/v1/refunds", "case-a:refund-1"), (asked.Method, asked.Path, asked.Headers["Idempotency-Key"]));
        Assert.Equal(
            new Dictionary<string, string> { ["charge"] = "ch_1", ["amount"] = "500", ["reason"] = "requested_by_customer", ["metadata[case_id]"] = "case-a", ["metadata[refund_intent]"] = "refund-1" },
            asked.Form);
        Assert.Equal(("req_1", "ch_1,re_1"), (call.RequestId, string.Join(',', call.Objects)));
    }

    [Theory]
    [InlineData(400, "charge_already_refunded", "charge", "Charge ch_1 has already been refunded.", RefundRefusal.ChargeAlreadyRefunded)]
    [InlineData(400, "charge_disputed", "charge", "Charge ch_1 has been charged back; cannot issue a refund.", RefundRefusal.ChargeDisputed)]
    [InlineData(400, null, "amount", "Refund amount ($42.00) is greater than unrefunded amount on charge ($7.00)", RefundRefusal.AmountOverRemainder)]
    [InlineData(400, null, "amount", "Refund amount ($42.00) is greater than charge amount ($7.00)", RefundRefusal.AmountOverRemainder)]
    [InlineData(400, "amount_too_large", "amount", "Refund amount is too large", RefundRefusal.AmountOverRemainder)]
    [InlineData(404, "resource_missing", "charge", "No such charge: 'ch_1'", RefundRefusal.ChargeNotFound)]
    [InlineData(400, "resource_missing", "charge", "No such charge: 'ch_1'", RefundRefusal.ChargeNotFound)]
    [InlineData(400, null, null, "This charge can no longer be refunded.", RefundRefusal.Other)]
    [InlineData(402, "insufficient_funds", null, "Insufficient funds in your Stripe balance.", RefundRefusal.Other)]
    public async Task Create_RefusedForBusiness_IsAnAnswer(int status, string? code, string? param, string message, RefundRefusal expected)
    {
        var refused = Assert.IsType<RefundAnswer.Refused>(await CreateAsync(status, StripeSamples.Error(message, code: code, param: param)));
        Assert.Equal((expected, message), (refused.Refusal, refused.Message));
    }

    [Theory]
    [InlineData("""{"error":{"code":"approval_required","type":"invalid_request_error","approval_request":{"id":"apreq_1","action":"refund.create","status":"pending","dashboard_url":"https://dashboard.stripe.com/approvals/apreq_1","expires_at":1790003600}}}""", "apreq_1", true)]
    [InlineData("""{"error":{"code":"approval_required","type":"invalid_request_error","approval_request":{"id":"apreq_2","expires_at":"2026-09-21T14:40:00Z","new":{"shape":1}}}}""", "apreq_2", true)]
    [InlineData("""{"error":{"code":"approval_required","approval_request":"apreq_3"}}""", "apreq_3", false)]
    [InlineData("""{"error":{"code":"approval_required"}}""", "(not named)", false)]
    public async Task Create_HeldByStripesOwnApproval_IsAnAnswerWhateverItsShape(string body, string id, bool expires)
    {
        foreach (int status in new[] { 400, 402, 403, 409 })
        {
            var held = Assert.IsType<RefundAnswer.AwaitsStripeApproval>(await CreateAsync(status, body));
            Assert.Equal((id, expires), (held.ApprovalRequestId, held.ExpiresAt is not null));
        }
    }

    [Theory]
    [InlineData(401, "invalid_request_error", null, typeof(PermanentFailureException))]
    [InlineData(403, "invalid_request_error", null, typeof(PermanentFailureException))]
    [InlineData(400, "idempotency_error", null, typeof(PermanentFailureException))]
    [InlineData(400, "invalid_request_error", "parameter_unknown", typeof(PermanentFailureException))]
    [InlineData(409, "invalid_request_error", "idempotency_key_in_use", typeof(TransientFailureException))]
    [InlineData(429, "invalid_request_error", "rate_limit", typeof(TransientFailureException))]
    [InlineData(500, "api_error", null, typeof(OutcomeUnknownException))]
    [InlineData(503, "api_error", null, typeof(OutcomeUnknownException))]
    [InlineData(424, "api_error", null, typeof(OutcomeUnknownException))]
    public async Task Create_RefusedOtherwise_IsTheRightFailure(int status, string type, string? code, Type expected)
    {
        var failure = (OutsideFailureException)(await Record.ExceptionAsync(() => CreateAsync(status, StripeSamples.Error("no", type, code))))!;
        Assert.IsType(expected, failure);
        Assert.Equal("req_1", failure.RequestId);
        Assert.DoesNotContain(StripeSamples.Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "{")]
    [InlineData(200, "<html>welcome to the hotel's wireless network</html>")]
    [InlineData(200, """{"id":"re_1","object":"refund"}""")]
    [InlineData(200, "")]
    [InlineData(200, "null")]
    [InlineData(200, "[]")]
    [InlineData(200, "<html>key rk_test_51Example</html>")]
    [InlineData(400, "Bad Request")]
    [InlineData(400, "[]")]
    [InlineData(400, """{"error":"rk_test_51Example"}""")]
    [InlineData(502, "Bad Gateway")]
    public async Task Create_AnswerThatCantBeRead_IsUnknown(int status, string body)
    {
        OutcomeUnknownException failure = await Assert.ThrowsAsync<OutcomeUnknownException>(() => CreateAsync(status, body));
        Assert.DoesNotContain(StripeSamples.Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_FailingStripe_IsSentAsOftenAsTheCarrierTriesUnderOneKey()
    {
        await using WireServer server = await WireServer.StartAsync(500, StripeSamples.Error("An unknown error occurred", "api_error"));
        using StripePayments stripe = Open(new(server.Address));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => stripe.CreateAsync(StripeSamples.Call(KeyNames.StripeRefund), StripeSamples.Order(), default));
        Assert.Equal(Enumerable.Repeat("case-a:refund-1", Sendings), server.Requests.Select(request => request.Headers["Idempotency-Key"]));
    }

    [Theory]
    [InlineData("ch_other", 4200, "usd", "case-a", "refund-1")]
    [InlineData("ch_1", 4201, "usd", "case-a", "refund-1")]
    [InlineData("ch_1", 4200, "eur", "case-a", "refund-1")]
    [InlineData("ch_1", 4200, "usd", "case-b", "refund-1")]
    [InlineData("ch_1", 4200, "usd", "case-a", "refund-2")]
    public async Task Create_AnswerAboutAnotherRefund_IsUnknown(string charge, long amount, string currency, string caseId, string intent) =>
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => CreateAsync(200, StripeSamples.Refund("re_1", charge, amount, currency, "succeeded", caseId, intent)));

    [Fact]
    public async Task Create_ConnectionCutAfterItWasSent_IsUnknownAndSentUnderOneKeyAlone()
    {
        await using WireServer server = await WireServer.StartAsync((context, request) =>
        {
            if (request.Method == "GET")
            {
                return WireServer.AnswerAsync(context, 200, StripeSamples.Charge());
            }

            context.Abort();
            return Task.CompletedTask;
        });
        using StripePayments stripe = Open(new(server.Address));
        // A connection that is reused is the one on which a client might try again by itself.
        await stripe.GetChargeAsync(StripeSamples.Call(), new("ch_1"), default);

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => stripe.CreateAsync(StripeSamples.Call(KeyNames.StripeRefund), StripeSamples.Order(), default));

        List<WireRequest> sent = [.. server.Requests.Where(request => request.Method == "POST")];
        Assert.Equal(Enumerable.Repeat("case-a:refund-1", Sendings), sent.Select(request => request.Headers["Idempotency-Key"]));
        Assert.Single(sent.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task Create_NoAnswerInTime_IsUnknown()
    {
        await using WireServer silent = await WireServer.StartAsync((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        using StripePayments stripe = Open(new(silent.Address, TimeSpan.FromMilliseconds(200)));
        Assert.Equal("timeout", (await Assert.ThrowsAsync<OutcomeUnknownException>(() => stripe.CreateAsync(StripeSamples.Call(KeyNames.StripeRefund), StripeSamples.Order(), default))).Code);
    }

    [Fact]
    public async Task Create_NobodyThere_IsTransient()
    {
        using StripePayments stripe = Open(new(WireServer.NobodyThere()));
        await Assert.ThrowsAsync<TransientFailureException>(() => stripe.CreateAsync(StripeSamples.Call(KeyNames.StripeRefund), StripeSamples.Order(), default));
    }

    [Theory]
    [InlineData("ch_1", 0, "requested_by_customer", "k")]
    [InlineData("ch_1", 100, "fraudulent", "k")]
    [InlineData("", 100, "duplicate", "k")]
    [InlineData("ch_1", 100, "duplicate", "")]
    [InlineData("ch_1", 100, "duplicate", "a\nb")]
    public async Task Create_OrderThatMustNotLeave_StaysHere(string charge, long amount, string reason, string key)
    {
        await using WireServer server = await WireServer.StartAsync(200, "{}");
        using StripePayments stripe = Open(new(server.Address));
        RefundOrder order = StripeSamples.Order(amount: amount) with { Charge = new(charge), Reason = reason, IdempotencyKey = key };
        await Assert.ThrowsAsync<PermanentFailureException>(() => stripe.CreateAsync(StripeSamples.Call(KeyNames.StripeRefund), order, default));
        Assert.Empty(server.Requests);
    }

    private async Task<RefundAnswer> CreateAsync(int status, string body)
    {
        await using WireServer server = await WireServer.StartAsync(status, body, ("Request-Id", "req_1"), StripeSamples.FinalAnswer);
        using StripePayments stripe = Open(new(server.Address));
        return await stripe.CreateAsync(StripeSamples.Call(KeyNames.StripeRefund), StripeSamples.Order(), default);
    }
}
