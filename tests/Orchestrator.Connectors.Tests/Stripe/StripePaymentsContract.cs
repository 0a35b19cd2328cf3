using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Connectors.Stripe;
using Orchestrator.Connectors.Tests.Wire;

namespace Orchestrator.Connectors.Tests.Stripe;

/// <summary>What <see cref="IPaymentReads"/> promises, whoever carries the requests to Stripe.</summary>
public abstract class StripePaymentsContract
{
    /// <summary>How often a request is sent to which Stripe gives no answer, or one that it may give otherwise the next time.</summary>
    protected abstract int Sendings { get; }

    protected abstract StripePayments Open(StripeOptions options);

    [Fact]
    public async Task GetCharge_Found_IsReadWhole()
    {
        await using WireServer server = await WireServer.StartAsync(200, StripeSamples.Charge(), ("Request-Id", "req_9"));
        using StripePayments stripe = Open(new(server.Address));
        ActCall call = StripeSamples.Call();

        ChargeRecord charge = (await stripe.GetChargeAsync(call, new("ch_1"), default))!;

        Assert.Equal("KWD 12.500", charge.Amount.ToString());
        Assert.Equal("KWD 10.000", charge.Remaining.ToString());
        Assert.Equal((ChargeStatus.Succeeded, RiskLevel.Elevated, "visa 4242"), (charge.Status, charge.Risk, charge.Method));
        Assert.Equal(["SO-4411", "A-10017", "1234-5678", "pi_3Nx1"], charge.References);
        Assert.Equal("pi_3Nx1", charge.PaymentIntentId);
        Assert.Equal(new CustomerId("cus_1"), charge.Customer);
        Assert.Equal("req_9", call.RequestId);
        Assert.Equal(["ch_1"], call.Objects);
        WireRequest asked = server.Only;
        Assert.Equal(("GET", "/v1/charges/ch_1"), (asked.Method, asked.Path));
        Assert.Equal("Bearer " + StripeSamples.Key, asked.Headers["Authorization"]);
        Assert.Equal("2026-10-28.endive", asked.Headers["Stripe-Version"]);
    }

    [Theory]
    [InlineData(404)]
    public async Task GetCharge_UnknownToStripe_IsNull(int status)
    {
        await using WireServer server = await WireServer.StartAsync(status, StripeSamples.Error("No such charge: 'ch_9'", code: "resource_missing", param: "id"));
        using StripePayments stripe = Open(new(server.Address));
        Assert.Null(await stripe.GetChargeAsync(StripeSamples.Call(), new("ch_9"), default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../refunds")]
    [InlineData("ch_1?expand[]=customer")]
    [InlineData("ch_1\n")]
    public async Task GetCharge_NoId_IsNullWithoutAsking(string id)
    {
        await using WireServer server = await WireServer.StartAsync(200, StripeSamples.Charge());
        using StripePayments stripe = Open(new(server.Address));
        Assert.Null(await stripe.GetChargeAsync(StripeSamples.Call(), new(id), default));
        await Assert.ThrowsAsync<PermanentFailureException>(() => stripe.ListRefundsAsync(StripeSamples.Call(), new(id), default));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task ListRefunds_SeveralPages_AreAllThere()
    {
        await using WireServer server = await WireServer.StartAsync((context, request) => WireServer.AnswerAsync(context, 200, request.Query.GetValueOrDefault("starting_after") == "re_2"
            ? StripeSamples.List(false, StripeSamples.Refund("re_3", status: "pending"))
            : StripeSamples.List(true, StripeSamples.Refund("re_1"), StripeSamples.Refund("re_2", status: "failed"))));
        using StripePayments stripe = Open(new(server.Address));
        ActCall call = StripeSamples.Call();

        IReadOnlyList<RefundRecord> refunds = await stripe.ListRefundsAsync(call, new("ch_1"), default);

        Assert.Equal([RefundStatus.Succeeded, RefundStatus.Failed, RefundStatus.Pending], refunds.Select(refund => refund.Status));
        Assert.Equal(("case-a", "refund-1"), (refunds[0].CaseId, refunds[0].Intent));
        Assert.Equal(["re_1", "re_2", "re_3"], call.Objects);
        WireRequest first = server.Requests.First();
        Assert.Equal("/v1/refunds", first.Route);
        Assert.Equal(new Dictionary<string, string> { ["limit"] = "100", ["charge"] = "ch_1" }, first.Query);
    }

    [Fact]
    public async Task ListCharges_OrderOnTheOldestOf104_IsReadOnTheSecondPage()
    {
        await using WireServer server = await WireServer.StartAsync((context, request) => WireServer.AnswerAsync(context, 200, request.Query.GetValueOrDefault("starting_after") == "ch_100"
            ? StripeSamples.List(false, [.. Numbered(101, 4)])
            : StripeSamples.List(true, [.. Numbered(1, 100)])));
        using StripePayments stripe = Open(new(server.Address));

        ChargeListing read = await stripe.ListChargesAsync(StripeSamples.Call(), new("cus_1"), default);

        Assert.Equal((104, "ch_104", false), (read.Charges.Count, read.Charges[^1].Id.Value, read.MoreExist));
    }

    [Fact]
    public async Task ListCharges_MoreThanTheBound_StopsAndSaysThatThereAreMore()
    {
        await using WireServer server = await WireServer.StartAsync((context, request) => WireServer.AnswerAsync(
            context, 200, StripeSamples.List(true, [.. Numbered(int.Parse(request.Query.GetValueOrDefault("starting_after", "ch_0")[3..], CultureInfo.InvariantCulture) + 1, 100)])));
        using StripePayments stripe = Open(new(server.Address));

        ChargeListing read = await stripe.ListChargesAsync(StripeSamples.Call(), new("cus_1"), default);

        Assert.Equal((ChargeListing.Most, true), (read.Charges.Count, read.MoreExist));
    }

    private static IEnumerable<string> Numbered(int first, int count) =>
        Enumerable.Range(first, count).Select(number => StripeSamples.Charge().Replace("\"ch_1\"", $"\"ch_{number}\"", StringComparison.Ordinal));

    [Theory]
    [InlineData(200, 1)]
    [InlineData(400, 0)]
    [InlineData(403, 0)]
    public async Task FindCustomers_CapitalsAtStripe_AreFoundByTheSearchWhereThereIsOne(int status, int count)
    {
        await using WireServer server = await WireServer.StartAsync((context, request) => request.Route == "/v1/customers/search"
            ? WireServer.AnswerAsync(context, status, status == 200
                ? StripeSamples.List(false, """{"id":"cus_1","object":"customer","created":1790000000,"email":"Bea.Long@Example.com","name":"Bea"}""", """{"id":"cus_2","object":"customer","created":1790000000,"email":"bea.long@example.com.evil.test","name":"Eve"}""")
                : StripeSamples.Error("Search is not available for your account."))
            : WireServer.AnswerAsync(context, 200, StripeSamples.List(false)));
        using StripePayments stripe = Open(new(server.Address));

        Assert.Equal(count, (await stripe.FindCustomersAsync(StripeSamples.Call(), "bea.long@example.com", default)).Customers.Count);
        Assert.Equal("email:\"bea.long@example.com\"", server.Requests.Last().Query["query"]);
    }

    [Fact]
    public async Task FindCustomers_MoreThanAPage_SaysSo()
    {
        await using WireServer server = await WireServer.StartAsync((context, _) => WireServer.AnswerAsync(
            context, 200, StripeSamples.List(true, """{"id":"cus_1","object":"customer","created":1790000000,"email":"ana@example.com","name":"Ana"}""")));
        using StripePayments stripe = Open(new(server.Address));

        Assert.True((await stripe.FindCustomersAsync(StripeSamples.Call(), "ana@example.com", default)).MoreExist);
    }

    [Theory]
    [InlineData(10_000, 6_000, 0, 6_000, 0)]
    [InlineData(10_000, 6_000, 1_500, 6_000, 1_500)]
    [InlineData(10_000, 6_000, 6_000, 6_000, 6_000)]
    [InlineData(10_000, 10_000, 2_500, 10_000, 2_500)]
    [InlineData(10_000, 1, 0, 1, 0)]
    public async Task GetCharge_CapturedInPart_WasPaidInPart(long amount, long captured, long refunded, long paid, long before)
    {
        string json = StripeSamples.Charge(more: $",\"amount_captured\":{captured}").Replace("\"amount\":12500", $"\"amount\":{amount}", StringComparison.Ordinal)
            .Replace("\"amount_refunded\":2500", $"\"amount_refunded\":{refunded}", StringComparison.Ordinal);
        await using WireServer server = await WireServer.StartAsync((context, _) => WireServer.AnswerAsync(context, 200, json));
        using StripePayments stripe = Open(new(server.Address));

        ChargeRecord charge = (await stripe.GetChargeAsync(StripeSamples.Call(), new("ch_1"), default))!;

        Assert.Equal((paid, before, paid - before), (charge.Amount.MinorUnits, charge.AmountRefunded.MinorUnits, charge.Remaining.MinorUnits));
    }

    [Fact]
    public async Task GetCharge_AuthorizedAndPassedOn_SaysUntilWhenAndToWhom()
    {
        string json = StripeSamples.Charge(more: ",\"amount_captured\":0,\"transfer_data\":{\"amount\":null,\"destination\":\"acct_9\"}")
            .Replace("\"captured\":true", "\"captured\":false", StringComparison.Ordinal).Replace("\"card\":{", "\"card\":{\"capture_before\":1790600000,", StringComparison.Ordinal);
        await using WireServer server = await WireServer.StartAsync((context, _) => WireServer.AnswerAsync(context, 200, json));
        using StripePayments stripe = Open(new(server.Address));

        ChargeRecord charge = (await stripe.GetChargeAsync(StripeSamples.Call(), new("ch_1"), default))!;

        Assert.Equal((false, DateTimeOffset.FromUnixTimeSeconds(1790600000), "acct_9", 12_500), (charge.Captured, charge.CaptureBefore, charge.PassedOnTo, charge.Amount.MinorUnits));
    }

    [Fact]
    public async Task FindCustomers_AddressWithCapitals_IsAskedBothWaysAndComparedByUs()
    {
        await using WireServer server = await WireServer.StartAsync((context, request) => WireServer.AnswerAsync(context, 200, StripeSamples.List(
            false,
            request.Query["email"] == "Ana+shop@Example.com"
                ? """{"id":"cus_1","object":"customer","created":1790000000,"email":"Ana+shop@Example.com","name":"Ana"}"""
                : """{"id":"cus_2","object":"customer","created":1790000009,"email":"ana+shop@example.com","name":null}""",
            """{"id":"cus_3","object":"customer","created":1790000000,"email":"ana@example.com.evil.test","name":null}""")));
        using StripePayments stripe = Open(new(server.Address));

        IReadOnlyList<CustomerRecord> found = (await stripe.FindCustomersAsync(StripeSamples.Call(), "Ana+shop@Example.com", default)).Customers;

        Assert.Equal(["cus_2", "cus_1"], found.Select(customer => customer.Id.Value));
    }

    [Fact]
    public async Task ListDisputesAndSubscriptions_AreRead()
    {
        await using WireServer server = await WireServer.StartAsync((context, request) => WireServer.AnswerAsync(context, 200, StripeSamples.List(false, request.Route == "/v1/disputes"
            ? """{"id":"du_1","object":"dispute","amount":500,"charge":"ch_1","created":1790000000,"currency":"jpy","reason":"general","status":"warning_needs_response"}"""
            : """{"id":"sub_1","object":"subscription","created":1790000000,"status":"past_due"}""")));
        using StripePayments stripe = Open(new(server.Address));

        DisputeRecord dispute = Assert.Single(await stripe.ListDisputesAsync(StripeSamples.Call(), new("ch_1"), default));
        SubscriptionRecord subscription = Assert.Single(await stripe.ListSubscriptionsAsync(StripeSamples.Call(), new("cus_1"), default));

        Assert.True(dispute.IsInquiry);
        Assert.Equal("JPY 500", dispute.Amount.ToString());
        Assert.Equal("past_due", subscription.Status);
        Assert.Equal("all", server.Requests.Last().Query["status"]);
    }

    [Theory]
    [InlineData("""{"object":"list"}""")]
    [InlineData("<html>maintenance</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"object":"list","data":[null],"has_more":false}""")]
    [InlineData("""{"object":"list","data":{},"has_more":false}""")]
    [InlineData("""{"object":"list","data":[{"id":"re_1","object":"refund","charge":"ch_1","created":1,"currency":"usd"}],"has_more":false}""")]
    [InlineData("""{"object":"list","data":[{"id":"re_1","object":"charge","amount":1,"charge":"ch_1","created":1,"currency":"usd"}],"has_more":false}""")]
    [InlineData("""{"object":"list","data":[{"id":"re_1","object":"refund","amount":-1,"charge":"ch_1","created":1,"currency":"usd"}],"has_more":false}""")]
    [InlineData("""{"object":"list","data":[{"id":"re_1","object":"refund","amount":1,"charge":"ch_OTHER","created":1,"currency":"usd"}],"has_more":false}""")]
    [InlineData("""{"object":"list","data":[{"id":"re_1","object":"refund","amount":1,"charge":"ch_1","created":1,"currency":"usd"}],"has_more":true}""")]
    public async Task ListRefunds_AnswerThatCantBeBelieved_IsTransient(string body)
    {
        await using WireServer server = await WireServer.StartAsync(200, body);
        using StripePayments stripe = Open(new(server.Address));
        TransientFailureException failure = await Assert.ThrowsAsync<TransientFailureException>(() => stripe.ListRefundsAsync(StripeSamples.Call(), new("ch_1"), default));
        Assert.Equal("unreadable_answer", failure.Code);
    }

    [Theory]
    [InlineData(401, "Invalid API Key provided: rk_test_***abc", null, typeof(PermanentFailureException), "revoked")]
    [InlineData(403, "The provided key 'rk_test_51Example' does not have the required permissions for this endpoint on account 'acct_1'. Having the 'rak_charge_read' permission would allow this request to continue.", null, typeof(PermanentFailureException), "'rak_charge_read'")]
    [InlineData(404, "No such charge: 'ch_1'; a similar object exists in test mode, but a live mode key was used to make this request.", "resource_missing", typeof(PermanentFailureException), "other mode")]
    [InlineData(429, "Too many requests", "rate_limit", typeof(TransientFailureException), "limiting")]
    [InlineData(500, "An unknown error occurred", null, typeof(TransientFailureException), "500")]
    [InlineData(302, "", null, typeof(PermanentFailureException), "redirect")]
    [InlineData(400, "Received unknown parameter: x", "parameter_unknown", typeof(PermanentFailureException), "unknown parameter")]
    public async Task Read_Refused_IsOneOfTheFourFailures(int status, string message, string? code, Type expected, string says)
    {
        await using WireServer server = await WireServer.StartAsync(status, StripeSamples.Error(message, code: code), ("Request-Id", "req_5"), ("Retry-After", "3"), ("Location", "https://evil.test/"), StripeSamples.FinalAnswer);
        using StripePayments stripe = Open(new(server.Address));

        var failure = (OutsideFailureException)(await Record.ExceptionAsync(() => stripe.GetChargeAsync(StripeSamples.Call(), new("ch_1"), default)))!;

        Assert.IsType(expected, failure);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(StripeSamples.Key, failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("req_5", failure.RequestId);
        Assert.Single(server.Requests);
        if (failure is TransientFailureException transient)
        {
            Assert.Equal(TimeSpan.FromSeconds(3), transient.RetryAfter);
        }
    }

    [Fact]
    public async Task GetCharge_WithoutWhatADecisionRestsOn_IsTransient()
    {
        foreach (string field in new[] { "amount_refunded", "captured", "disputed", "created", "currency" })
        {
            JsonObject charge = JsonNode.Parse(StripeSamples.Charge())!.AsObject();
            Assert.True(charge.Remove(field));
            await using WireServer server = await WireServer.StartAsync(200, charge.ToJsonString());
            using StripePayments stripe = Open(new(server.Address));
            TransientFailureException failure = await Assert.ThrowsAsync<TransientFailureException>(() => stripe.GetChargeAsync(StripeSamples.Call(), new("ch_1"), default));
            Assert.Contains($"'{field}'", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(200, "<html>key rk_test_51Example</html>")]
    [InlineData(200, """{"object":"rk_test_51Example"}""")]
    [InlineData(400, """{"error":{"message":"Wrong: rk_test_51Example","type":"invalid_request_error"}}""")]
    [InlineData(401, """{"error":{"message":"Invalid API Key provided: rk_test_51Example","type":"invalid_request_error"}}""")]
    [InlineData(403, "rk_test_51Example is not wanted here")]
    public async Task Read_AnswerThatNamesTheKey_IsAFailureThatDoesNot(int status, string body)
    {
        await using WireServer server = await WireServer.StartAsync(status, body);
        using StripePayments stripe = Open(new(server.Address));
        Exception? failure = await Record.ExceptionAsync(() => stripe.GetChargeAsync(StripeSamples.Call(), new("ch_1"), default));
        Assert.IsAssignableFrom<OutsideFailureException>(failure);
        Assert.DoesNotContain(StripeSamples.Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FailingStripe_IsAskedAsOftenAsTheCarrierTries()
    {
        await using WireServer server = await WireServer.StartAsync(500, StripeSamples.Error("An unknown error occurred", "api_error"));
        using StripePayments stripe = Open(new(server.Address));
        await Assert.ThrowsAsync<TransientFailureException>(() => stripe.GetChargeAsync(StripeSamples.Call(), new("ch_1"), default));
        Assert.Equal(Sendings, server.Requests.Count);
    }

    [Fact]
    public async Task Read_CallerGivesUp_IsNoFailure()
    {
        using var giveUp = new CancellationTokenSource();
        await using WireServer server = await WireServer.StartAsync(async (context, _) =>
        {
            await giveUp.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using StripePayments stripe = Open(new(server.Address));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stripe.GetChargeAsync(StripeSamples.Call(), new("ch_1"), giveUp.Token));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Read_NobodyThereCutOrSilent_IsTransient()
    {
        using StripePayments nobody = Open(new(WireServer.NobodyThere()));
        await Assert.ThrowsAsync<TransientFailureException>(() => nobody.GetChargeAsync(StripeSamples.Call(), new("ch_1"), default));

        await using WireServer cutting = await WireServer.StartAsync((context, _) => { context.Abort(); return Task.CompletedTask; });
        using StripePayments cut = Open(new(cutting.Address));
        await Assert.ThrowsAsync<TransientFailureException>(() => cut.GetChargeAsync(StripeSamples.Call(), new("ch_1"), default));

        await using WireServer silent = await WireServer.StartAsync((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        using StripePayments slow = Open(new(silent.Address, TimeSpan.FromMilliseconds(200)));
        Assert.Equal("timeout", (await Assert.ThrowsAsync<TransientFailureException>(() => slow.GetChargeAsync(StripeSamples.Call(), new("ch_1"), default))).Code);
    }

    [Fact]
    public async Task Read_KeyWithALineBreak_IsRefusedWithoutShowingIt()
    {
        await using WireServer server = await WireServer.StartAsync(200, "{}");
        using StripePayments stripe = Open(new(server.Address));
        var call = new ActCall(new(KeyNames.StripeRead, "v1", "rk_test_secret\n"));

        PermanentFailureException failure = await Assert.ThrowsAsync<PermanentFailureException>(() => stripe.GetChargeAsync(call, new("ch_1"), default));

        Assert.DoesNotContain("rk_test_secret", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }
}
