using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Tests.Stories;
using Orchestrator.AzureFunctions.Payments;
using Orchestrator.Connectors.Stripe;

namespace Orchestrator.AzureFunctions.Tests.Payments;

/// <summary>Stripe.net against the stand-in that keeps Stripe's own books.</summary>
public sealed class StripeClientOverSandboxTests : IAsyncLifetime
{
    private const string Clara = "clara@example.com";

    private Shop _shop = null!;
    private StripePayments _stripe = null!;

    public async Task InitializeAsync()
    {
        _shop = await Shop.OpenAsync();
        _stripe = StripePayments.Over(new StripeClientRequests(new(_shop.Addresses.Stripe)), TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        _stripe.Dispose();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task Customer_WithASale_IsReadAsTheBooksHaveIt()
    {
        ChargeId sold = await _shop.SellAsync(Clara, 4200, "A-10017");

        CustomerRecord customer = Assert.Single((await _stripe.FindCustomersAsync(Reading(), Clara, default)).Customers);
        ChargeRecord charge = Assert.Single((await _stripe.ListChargesAsync(Reading(), customer.Id, default)).Charges);

        Assert.Equal((sold, "EUR 42.00", ChargeStatus.Succeeded), (charge.Id, charge.Remaining.ToString(), charge.Status));
        Assert.Contains("A-10017", charge.References);
        Assert.Equal(charge, (await _stripe.GetChargeAsync(Reading(), sold, default))! with { References = charge.References });
        Assert.Empty(await _stripe.ListRefundsAsync(Reading(), sold, default));
        Assert.Empty(await _stripe.ListDisputesAsync(Reading(), sold, default));
        Assert.Empty(await _stripe.ListSubscriptionsAsync(Reading(), customer.Id, default));
        Assert.Null(await _stripe.GetChargeAsync(Reading(), new("ch_unknown"), default));
    }

    [Fact]
    public async Task Refund_OrderedTwiceUnderOneKey_IsOne()
    {
        RefundOrder order = Order(await _shop.SellAsync(Clara, 4200, "A-10017"), 4200);

        var first = Assert.IsType<RefundAnswer.Made>(await _stripe.CreateAsync(Refunding(), order, default));
        var second = Assert.IsType<RefundAnswer.Made>(await _stripe.CreateAsync(Refunding(), order, default));

        Assert.Equal(first.Refund.Id, second.Refund.Id);
        Assert.Equal(first.Refund.Id, (await _stripe.GetRefundAsync(Reading(), first.Refund.Id, default))!.Id);
        Assert.Single(await _shop.RefundsAsync());
        var refused = Assert.IsType<RefundAnswer.Refused>(await _stripe.CreateAsync(Refunding(), order with { IdempotencyKey = "case-a:refund-2" }, default));
        Assert.Equal(RefundRefusal.ChargeAlreadyRefunded, refused.Refusal);
    }

    [Fact]
    public async Task Refund_MadeButItsAnswerCut_IsFoundByTheNextSendingAndIsOne()
    {
        RefundOrder order = Order(await _shop.SellAsync(Clara, 4200, "A-10017"), 1200);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using HttpResponseMessage set = await http.PostAsJsonAsync(
            new Uri(_shop.Addresses.Stripe!, "_sandbox/faults"), new JsonObject { ["kind"] = "cutAfter", ["method"] = "POST", ["path"] = "/v1/refunds", ["times"] = 1 });
        set.EnsureSuccessStatusCode();

        var made = Assert.IsType<RefundAnswer.Made>(await _stripe.CreateAsync(Refunding(), order, default));

        JsonNode booked = Assert.Single(await _shop.RefundsAsync());
        Assert.Equal(made.Refund.Id.Value, booked["id"]!.GetValue<string>());
    }

    private static RefundOrder Order(ChargeId charge, long amount) => new("case-a", "refund-1", "case-a:refund-1", charge, new(amount, Currency.Parse("eur")), "requested_by_customer");

    private static ActCall Reading() => new(new(KeyNames.StripeRead, "v1", "rk_test_sandboxread0000000000000000"));

    private static ActCall Refunding() => new(new(KeyNames.StripeRefund, "v1", "rk_test_sandboxrefund00000000000000"));
}
