using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe.Subscriptions;

public sealed class SubscriptionTests : IAsyncLifetime
{
    private StripeHost _stripe = null!;

    public async Task InitializeAsync() => _stripe = await StripeHost.StartAsync();

    public async Task DisposeAsync() => await _stripe.DisposeAsync();

    [Fact]
    public async Task Subscription_IsPaidAtOnce_AndKeepsItsPeriodOnItsItems()
    {
        Answer subscription = await SubscribeAsync("pm_card_visa", "&expand[]=latest_invoice");

        Assert.Equal("active", subscription["status"]);
        Assert.False(subscription.Json.ContainsKey("current_period_end"));
        JsonNode item = subscription.Json["items"]!["data"]![0]!;
        Assert.InRange(item["current_period_end"]!.GetValue<long>() - item["current_period_start"]!.GetValue<long>(), 28 * 86400, 31 * 86400);
        Assert.Equal("paid", subscription.Json["latest_invoice"]!["status"]!.ToString());
        Assert.Equal("subscription_create", subscription.Json["latest_invoice"]!["billing_reason"]!.ToString());
    }

    [Fact]
    public async Task Subscription_WhosePaymentFails_IsIncomplete()
    {
        Answer subscription = await SubscribeAsync("pm_card_chargeCustomerFail");

        Assert.Equal("incomplete", subscription["status"]);
    }

    [Fact]
    public async Task Subscription_Deleted_IsCanceledAndLeavesTheList()
    {
        Answer subscription = await SubscribeAsync("pm_card_visa");

        Answer canceled = await _stripe.DeleteAsync($"/v1/subscriptions/{subscription.Id}", "cancellation_details[feedback]=too_expensive");

        Assert.Equal("canceled", canceled["status"]);
        Assert.Equal("too_expensive", canceled.Json["cancellation_details"]!["feedback"]!.ToString());
        Assert.Empty((await _stripe.GetAsync("/v1/subscriptions")).Json["data"]!.AsArray());
        Assert.Single((await _stripe.GetAsync("/v1/subscriptions?status=all")).Json["data"]!.AsArray());
        Assert.Equal(404, (await _stripe.DeleteAsync($"/v1/subscriptions/{subscription.Id}")).Status);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("&proration_behavior=none", 0)]
    public async Task ChangeOfQuantity_LeavesProrations_UnlessToldNotTo(string more, int items)
    {
        Answer subscription = await SubscribeAsync("pm_card_visa");

        await _stripe.PostAsync($"/v1/subscriptions/{subscription.Id}", $"items[0][id]={subscription.Json["items"]!["data"]![0]!["id"]}&items[0][quantity]=3{more}");

        JsonArray pending = (await _stripe.GetAsync("/v1/invoiceitems?pending=true")).Json["data"]!.AsArray();
        Assert.Equal(items, pending.Count);
        Assert.All(pending, item => Assert.Equal("true", item!["proration"]!.ToString()));
    }

    [Fact]
    public async Task Subscription_OfACustomerWhoCannotPay_IsRefused()
    {
        Answer customer = await _stripe.PostAsync("/v1/customers");

        Answer refused = await _stripe.PostAsync("/v1/subscriptions", $"customer={customer.Id}&items[0][price]={await PriceAsync()}");

        Assert.StartsWith("This customer has no attached payment source", refused.Error["message"]!.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> PriceAsync() =>
        (await _stripe.PostAsync("/v1/prices", "product_data[name]=Plan&unit_amount=1500&currency=usd&recurring[interval]=month")).Id;

    private async Task<Answer> SubscribeAsync(string method, string more = "")
    {
        Answer customer = await _stripe.PostAsync("/v1/customers", $"payment_method={method}&invoice_settings[default_payment_method]={method}");
        Answer subscription = await _stripe.PostAsync("/v1/subscriptions", $"customer={customer.Id}&items[0][price]={await PriceAsync()}{more}");
        Assert.Equal(200, subscription.Status);
        return subscription;
    }
}
