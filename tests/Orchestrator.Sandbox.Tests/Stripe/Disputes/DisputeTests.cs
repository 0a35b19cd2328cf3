using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe.Disputes;

public sealed class DisputeTests : IAsyncLifetime
{
    private StripeHost _stripe = null!;

    public async Task InitializeAsync() => _stripe = await StripeHost.StartAsync();

    public async Task DisposeAsync() => await _stripe.DisposeAsync();

    [Theory]
    [InlineData("winning_evidence", "won", 200)]
    [InlineData("losing_evidence", "lost", 400)]
    public async Task Evidence_DecidesTheDispute_AndWhetherARefundIsPossible(string evidence, string status, int refundStatus)
    {
        string charge = (await _stripe.PayAsync(method: "pm_card_createDispute"))["id"]!.ToString();
        JsonNode dispute = Assert.Single((await _stripe.GetAsync($"/v1/disputes?charge={charge}")).Json["data"]!.AsArray())!;

        Answer decided = await _stripe.PostAsync($"/v1/disputes/{dispute["id"]}", $"evidence[uncategorized_text]={evidence}");

        Assert.Equal("needs_response", dispute["status"]!.ToString());
        Assert.Equal(status, decided["status"]);
        Assert.Equal(refundStatus, (await _stripe.PostAsync("/v1/refunds", $"charge={charge}")).Status);
    }

    [Fact]
    public async Task Inquiry_Closed_LeavesThePaymentRefundable()
    {
        string charge = (await _stripe.PayAsync(method: "pm_card_createDisputeInquiry"))["id"]!.ToString();
        JsonNode inquiry = (await _stripe.GetAsync($"/v1/disputes?charge={charge}")).Json["data"]![0]!;

        Answer closed = await _stripe.PostAsync($"/v1/disputes/{inquiry["id"]}/close", "");

        Assert.Equal("warning_needs_response", inquiry["status"]!.ToString());
        Assert.Equal("warning_closed", closed["status"]);
        Assert.Equal(200, (await _stripe.PostAsync("/v1/refunds", $"charge={charge}")).Status);
    }

    [Theory]
    [InlineData("transfer_data[destination]=acct_1", "transfer_data")]
    [InlineData("application_fee_amount=10", "application_fee_amount")]
    [InlineData("on_behalf_of=acct_1", "on_behalf_of")]
    public async Task Connect_IsRefusedByNameAndNeverDropped(string parameter, string name)
    {
        Answer refused = await _stripe.PostAsync("/v1/payment_intents", "amount=1000&currency=eur&" + parameter);

        Assert.Equal((400, name), (refused.Status, refused.Error["param"]!.ToString()));
    }

    [Fact]
    public async Task Endpoint_PinnedToAnotherVersion_IsRefused()
    {
        Answer refused = await _stripe.PostAsync("/v1/webhook_endpoints", "url=https://shop.example/hook&enabled_events[0]=*&api_version=2024-06-20");

        Assert.Equal((400, "api_version"), (refused.Status, refused.Error["param"]!.ToString()));
    }

    [Fact]
    public async Task Evidence_NotSubmitted_LeavesTheDisputeOpen()
    {
        string charge = (await _stripe.PayAsync(method: "pm_card_createDispute"))["id"]!.ToString();
        JsonNode dispute = (await _stripe.GetAsync($"/v1/disputes?charge={charge}")).Json["data"]![0]!;

        Answer staged = await _stripe.PostAsync($"/v1/disputes/{dispute["id"]}", "evidence[uncategorized_text]=winning_evidence&submit=false");

        Assert.Equal("needs_response", staged["status"]);
        Assert.Equal("true", staged.Json["evidence_details"]!["has_evidence"]!.ToString());
    }

    [Fact]
    public async Task Dispute_PutByControl_BlocksRefunds_UntilItIsWon()
    {
        string charge = (await _stripe.PayAsync())["id"]!.ToString();
        JsonObject dispute = await _stripe.ControlAsync($"charges/{charge}/dispute", new JsonObject { ["reason"] = "product_not_received" });

        Answer blocked = await _stripe.PostAsync("/v1/refunds", $"charge={charge}");
        await _stripe.ControlAsync($"disputes/{dispute["id"]}/close", new JsonObject { ["status"] = "won" });
        Answer allowed = await _stripe.PostAsync("/v1/refunds", $"charge={charge}");

        Assert.Equal("charge_disputed", blocked.Error["code"]!.ToString());
        Assert.Equal(200, allowed.Status);
        Answer events = await _stripe.GetAsync("/v1/events?type=charge.dispute.*");
        Assert.Equal(
            ["charge.dispute.funds_reinstated", "charge.dispute.closed", "charge.dispute.funds_withdrawn", "charge.dispute.created"],
            events.Json["data"]!.AsArray().Select(happened => happened!["type"]!.ToString()));
    }
}
