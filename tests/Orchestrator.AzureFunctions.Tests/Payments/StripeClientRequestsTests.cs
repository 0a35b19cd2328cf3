using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.AzureFunctions.Payments;
using Orchestrator.Connectors.Stripe;
using Orchestrator.Connectors.Tests.Stripe;
using Orchestrator.Connectors.Tests.Wire;
using Stripe;

namespace Orchestrator.AzureFunctions.Tests.Payments;

/// <summary>What is Stripe.net's alone: its version, its retries, what it says of itself, and where it keeps a key.</summary>
public sealed class StripeClientRequestsTests
{
    [Fact]
    public void Version_OfTheClient_IsTheOneThatAnswersAreReadBy() => Assert.Equal(StripeOptions.Version, StripeConfiguration.ApiVersion);

    [Fact]
    public async Task Create_FirstAnswerLost_IsMadeByTheSecondUnderTheSameKey()
    {
        await using WireServer server = await LosingFirstAsync(200, StripeSamples.Refund());
        RefundAnswer answer = await CreateAsync(server.Address);
        Assert.Equal("re_1", Assert.IsType<RefundAnswer.Made>(answer).Refund.Id.Value);
        Assert.Equal(["case-a:refund-1", "case-a:refund-1"], server.Requests.Select(request => request.Headers["Idempotency-Key"]));
    }

    [Fact]
    public async Task Create_FirstAnswerLostThenRefusedForBusiness_IsThatRefusal()
    {
        await using WireServer server = await LosingFirstAsync(400, StripeSamples.Error("Charge ch_1 has been charged back; cannot issue a refund.", code: "charge_disputed"));
        Assert.Equal(RefundRefusal.ChargeDisputed, Assert.IsType<RefundAnswer.Refused>(await CreateAsync(server.Address)).Refusal);
    }

    [Theory]
    [InlineData(409)]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(302)]
    public async Task Create_FirstAnswerLostThenTurnedAway_IsUnknown(int status)
    {
        await using WireServer server = await LosingFirstAsync(status, StripeSamples.Error("no"));
        OutcomeUnknownException failure = await Assert.ThrowsAsync<OutcomeUnknownException>(() => CreateAsync(server.Address));
        Assert.Contains("sent before", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Create_FirstAnswerLostThenNobodyThere_IsUnknown()
    {
        WireServer? server = null;
        Task gone = Task.CompletedTask;
        server = await WireServer.StartAsync((context, _) =>
        {
            gone = server!.DisposeAsync().AsTask();
            context.Abort();
            return Task.CompletedTask;
        });
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => CreateAsync(server.Address));
        await gone;
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Create_TurnedAwayThenMade_IsMade()
    {
        int asked = 0;
        await using WireServer server = await WireServer.StartAsync((context, _) => Interlocked.Increment(ref asked) == 1
            ? WireServer.AnswerAsync(context, 409, StripeSamples.Error("busy", code: "idempotency_key_in_use"))
            : WireServer.AnswerAsync(context, 200, StripeSamples.Refund()));
        Assert.IsType<RefundAnswer.Made>(await CreateAsync(server.Address));
    }

    [Fact]
    public async Task Calls_OfTwoKeys_GoEachUnderItsOwnAndLeaveNoneBehind()
    {
        await using WireServer server = await WireServer.StartAsync(200, StripeSamples.Charge());
        using StripePayments stripe = Open(server.Address);
        await Task.WhenAll(new[] { "rk_test_a", "rk_test_b" }.Select(key => stripe.GetChargeAsync(new(new(KeyNames.StripeRead, "v1", key)), new("ch_1"), default)));
        Assert.Equal(["Bearer rk_test_a", "Bearer rk_test_b"], server.Requests.Select(request => request.Headers["Authorization"]).Order());
        Assert.Null(StripeConfiguration.ApiKey);
    }

    [Fact]
    public async Task Calls_OneAfterAnother_CarryNoTelemetry()
    {
        await using WireServer server = await WireServer.StartAsync(200, StripeSamples.Charge(), ("Request-Id", "req_1"));
        using StripePayments stripe = Open(server.Address);
        for (int call = 0; call < 2; call++)
        {
            await stripe.GetChargeAsync(StripeSamples.Call(), new("ch_1"), default);
        }

        Assert.All(server.Requests, request =>
        {
            Assert.DoesNotContain("X-Stripe-Client-Telemetry", request.Headers.Keys);
            Assert.DoesNotContain("telemetry_id", request.Headers["X-Stripe-Client-User-Agent"], StringComparison.Ordinal);
            Assert.DoesNotContain("platform", request.Headers["X-Stripe-Client-User-Agent"], StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task ClientsOwnException_OnAnAnswerItCantRead_QuotesItAndIsKeptOutOfOurs()
    {
        const string Personal = "<html>ana@example.com</html>";
        await using WireServer server = await WireServer.StartAsync(400, Personal);
        var client = new StripeClient(new StripeClientOptions { ApiKey = StripeSamples.Key, ApiBase = server.Address.AbsoluteUri.TrimEnd('/') });
        StripeException theirs = await Assert.ThrowsAsync<StripeException>(() => client.V1.Charges.GetAsync("ch_1"));
        Assert.Contains(Personal, theirs.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(StripeSamples.Key, theirs.ToString(), StringComparison.Ordinal);

        using StripePayments stripe = Open(server.Address);
        Exception ours = await Assert.ThrowsAsync<PermanentFailureException>(() => stripe.GetChargeAsync(StripeSamples.Call(), new("ch_1"), default));
        Assert.DoesNotContain("ana@example.com", ours.ToString(), StringComparison.Ordinal);
    }

    private static Task<WireServer> LosingFirstAsync(int status, string body)
    {
        int asked = 0;
        return WireServer.StartAsync((context, _) =>
        {
            if (Interlocked.Increment(ref asked) > 1)
            {
                return WireServer.AnswerAsync(context, status, body, StripeSamples.FinalAnswer);
            }

            context.Abort();
            return Task.CompletedTask;
        });
    }

    private static async Task<RefundAnswer> CreateAsync(Uri address)
    {
        using StripePayments stripe = Open(address);
        return await stripe.CreateAsync(StripeSamples.Call(KeyNames.StripeRefund), StripeSamples.Order(), default);
    }

    private static StripePayments Open(Uri address) => StripePayments.Over(new StripeClientRequests(new(address)), TimeProvider.System);
}
