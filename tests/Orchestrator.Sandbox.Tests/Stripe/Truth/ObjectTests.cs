using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe.Truth;

/// <summary>Every kind of object the sandbox answers, made in the states an agent meets, against Stripe's own types.</summary>
public sealed class ObjectTests : IAsyncLifetime
{
    private readonly Dictionary<string, List<JsonObject>> _made = [];
    private StripeHost _stripe = null!;

    public async Task InitializeAsync() => _stripe = await StripeHost.StartAsync();

    public async Task DisposeAsync() => await _stripe.DisposeAsync();

    [TruthFact]
    public async Task Objects_InEveryState_CarryWhatStripesTypesRequire()
    {
        string customer = await KeepAsync("/v1/customers", "email=jenny@example.com&name=Jenny&payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa&address[city]=Berlin&metadata[a]=b");
        await PayAsync(customer);
        await BillAsync(customer);
        await SubscribeAsync(customer);
        await KeepAsync("/v1/promotion_codes", $"promotion[type]=coupon&promotion[coupon]={await KeepAsync("/v1/coupons", "percent_off=20.5&duration=once")}");
        await KeepAsync("/v1/webhook_endpoints", "url=http://127.0.0.1:1/hook&enabled_events[]=refund.created");
        await KeepAsync("/v1/ephemeral_keys", $"customer={customer}");
        await KeepAllAsync("/v1/balance");
        foreach (string list in (string[])["customers", "charges", "payment_intents", "refunds", "disputes", "invoices", "invoiceitems", "credit_notes", "subscriptions?status=all", "prices", "products", "balance_transactions", "webhook_endpoints", $"payment_methods?customer={customer}", "coupons", "promotion_codes", "radar/early_fraud_warnings", "events"])
        {
            await KeepAllAsync($"/v1/{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=100");
        }

        string[] missing = [.. TruthFile.Objects.Select(entry => entry.Key).Except(_made.Keys).Except(["checkout.session"])];
        Assert.Empty(missing);
        string[] errors = [.. _made.SelectMany(kind => kind.Value.SelectMany(made => ShapeCheck.Of(made, kind.Key))).Distinct().Order()];
        Assert.True(errors.Length == 0, string.Join('\n', errors));
    }

    private async Task PayAsync(string customer)
    {
        JsonObject charge = await _stripe.PayAsync(more: $"&customer={customer}&shipping[name]=J&shipping[address][line1]=1 Main");
        await KeepAsync("/v1/refunds", $"charge={charge["id"]}&amount=300&reason=duplicate");
        await _stripe.ControlAsync($"charges/{charge["id"]}/dispute");
        await _stripe.PayAsync(method: "pm_card_createDispute");
        await _stripe.PayAsync(method: "pm_card_createIssuerFraudRecord");
        await _stripe.PostAsync("/v1/refunds", $"charge={(await _stripe.PayAsync(method: "pm_card_pendingRefund"))["id"]}");
        await _stripe.PostAsync("/v1/refunds", $"charge={(await _stripe.PayAsync(method: "pm_card_refundFail"))["id"]}");
        await _stripe.PostAsync("/v1/payment_intents", "amount=900&currency=eur&payment_method=pm_card_chargeDeclined&confirm=true");
        await _stripe.PostAsync("/v1/payment_intents", "amount=900&currency=eur&payment_method=pm_card_authenticationRequired&confirm=true");
        await _stripe.PostAsync("/v1/payment_intents", "amount=900&currency=jpy&payment_method=pm_card_visa&confirm=true&capture_method=manual");
        await _stripe.PostAsync("/v1/charges", "amount=900&currency=usd&source=tok_visa");
        _stripe.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task BillAsync(string customer)
    {
        await KeepAsync("/v1/invoiceitems", $"customer={customer}&amount=2000&currency=usd&description=Work");
        Answer invoice = await _stripe.PostAsync("/v1/invoices", $"customer={customer}&pending_invoice_items_behavior=include&auto_advance=false");
        await _stripe.PostAsync($"/v1/invoices/{invoice.Id}/pay");
        await KeepAsync("/v1/credit_notes", $"invoice={invoice.Id}&amount=500&refund_amount=500&reason=duplicate");
        Answer other = await _stripe.PostAsync("/v1/invoices", $"customer={customer}&collection_method=send_invoice&days_until_due=7");
        await _stripe.PostAsync("/v1/invoiceitems", $"customer={customer}&invoice={other.Id}&amount=700&currency=usd");
        await _stripe.PostAsync($"/v1/invoices/{other.Id}/send");
        await KeepAsync("/v1/credit_notes", $"invoice={other.Id}&lines[0][type]=custom_line_item&lines[0][description]=x&lines[0][unit_amount]=100&lines[0][quantity]=2");
        await _stripe.PostAsync($"/v1/invoices/{other.Id}/void");
    }

    private async Task SubscribeAsync(string customer)
    {
        string product = await KeepAsync("/v1/products", "name=Plan");
        string price = await KeepAsync("/v1/prices", $"product={product}&unit_amount=1500&currency=usd&recurring[interval]=month");
        string subscription = await KeepAsync("/v1/subscriptions", $"customer={customer}&items[0][price]={price}");
        Answer items = await _stripe.GetAsync($"/v1/subscription_items?subscription={subscription}");
        Keep(items.Json["data"]![0]!.AsObject());
        await KeepAsync($"/v1/subscriptions/{subscription}", $"items[0][id]={items.Json["data"]![0]!["id"]}&items[0][quantity]=2");
        Answer canceled = await _stripe.DeleteAsync($"/v1/subscriptions/{subscription}", "prorate=true");
        Assert.Equal("canceled", canceled["status"]);
        Keep(canceled.Json);
    }

    private async Task<string> KeepAsync(string path, string form)
    {
        Answer answer = await _stripe.PostAsync(path, form);
        Assert.True(answer.Status == 200, $"{path}: {answer.Json}");
        Keep(answer.Json);
        return answer.Id;
    }

    private async Task KeepAllAsync(string path)
    {
        Answer answer = await _stripe.GetAsync(path);
        Assert.True(answer.Status == 200, $"{path}: {answer.Json}");
        foreach (JsonNode? made in answer["object"] == "list" ? answer.Json["data"]!.AsArray() : [answer.Json.DeepClone()])
        {
            Keep(made!.AsObject());
        }
    }

    private void Keep(JsonObject made)
    {
        string type = made["object"]!.ToString();
        if (TruthFile.Objects.ContainsKey(type))
        {
            (_made.TryGetValue(type, out var all) ? all : _made[type] = []).Add(made);
        }
    }
}
