using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe.Wire;

public sealed class WireTests : IAsyncLifetime
{
    private StripeHost _stripe = null!;

    public async Task InitializeAsync() => _stripe = await StripeHost.StartAsync();

    public async Task DisposeAsync() => await _stripe.DisposeAsync();

    [Fact]
    public async Task UnknownAddress_AndUnknownId_AreStripes404s()
    {
        Answer address = await _stripe.GetAsync("/v1/nowhere");
        Answer id = await _stripe.GetAsync("/v1/charges/ch_none");

        Assert.Equal(404, address.Status);
        Assert.StartsWith("Unrecognized request URL (GET: /v1/nowhere).", address.Error["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(404, id.Status);
        Assert.Equal("resource_missing", id.Error["code"]!.ToString());
        Assert.Equal("No such charge: 'ch_none'", id.Error["message"]!.ToString());
        Assert.StartsWith("req_", id.Headers["Request-Id"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amount=5", "Missing required param: currency.", "parameter_missing", "currency")]
    [InlineData("amount=1.5&currency=usd", "Invalid integer: 1.5", "parameter_invalid_integer", "amount")]
    [InlineData("amount=500&currency=usd&foo=1&bar[x]=2", "Received unknown parameters: foo, bar", "parameter_unknown", "foo")]
    [InlineData("amount=500&currency=usd&shipping[name]=x&shipping[address][planet]=y", "Received unknown parameter: shipping[address][planet]", "parameter_unknown", "shipping[address][planet]")]
    [InlineData("amount=500&currency=usd&shipping[name]=x", "Missing required param: shipping[address].", "parameter_missing", "shipping[address]")]
    [InlineData("amount=500&currency=usd&capture_method=never", "Invalid capture_method: must be one of automatic, automatic_async, or manual", null, "capture_method")]
    [InlineData("amount=500&currency=usd&confirm=maybe", "Invalid boolean: maybe", null, "confirm")]
    [InlineData("amount=&currency=usd", "You passed an empty string for 'amount'. We assume empty values are an attempt to unset a field; however 'amount' cannot be unset. You should remove 'amount' from your request or supply a non-empty value.", "parameter_invalid_empty", "amount")]
    [InlineData("amount=30&currency=usd", "Amount must be at least $0.50 usd", "amount_too_small", "amount")]
    [InlineData("amount=500&currency=usd&customer=cus_none", "No such customer: 'cus_none'", "resource_missing", "customer")]
    public async Task BadParameter_IsRefusedInStripesWords(string form, string message, string? code, string param)
    {
        Answer refused = await _stripe.PostAsync("/v1/payment_intents", form);

        Assert.Equal(400, refused.Status);
        Assert.Equal(message, refused.Error["message"]!.ToString());
        Assert.Equal(code, refused.Error["code"]?.ToString());
        Assert.Equal(param, refused.Error["param"]!.ToString());
        Assert.Empty((await _stripe.GetAsync("/v1/payment_intents")).Json["data"]!.AsArray());
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData("2024-06-20", 200)]
    [InlineData("2026-10-28.endive", 400)]
    [InlineData("yesterday", 400)]
    public async Task Version_DecidesWhetherADroppedParameterIsKnown_AndIsEchoed(string? version, int status)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/payment_intents");
        request.Content = new StringContent("amount=500&currency=usd&payment_method_types[]=card", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        request.Headers.Add("Stripe-Version", version is null ? [] : [version]);

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", StripeHost.SecretKey);

        Answer answer = await _stripe.SendAsync(request);

        Assert.Equal(status, answer.Status);
        Assert.Equal(version ?? "2026-10-28.endive", answer.Headers["Stripe-Version"]);
    }

    [Fact]
    public async Task BasicAuthentication_WithTheKeyAsUser_IsTaken()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/balance");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(StripeHost.SecretKey + ":")));

        Answer answer = await _stripe.SendAsync(request);

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task JsonBody_IsRefused()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/customers") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", StripeHost.SecretKey);

        Answer refused = await _stripe.SendAsync(request);

        Assert.Equal(400, refused.Status);
    }

    [Fact]
    public async Task List_PagesNewestFirst_ForthAndBack()
    {
        List<string> made = [];
        for (int i = 0; i < 5; i++)
        {
            made.Insert(0, (await _stripe.PostAsync("/v1/customers", $"name=c{i}")).Id);
        }

        Answer first = await _stripe.GetAsync("/v1/customers?limit=2");
        Answer next = await _stripe.GetAsync($"/v1/customers?limit=2&starting_after={made[1]}");
        Answer last = await _stripe.GetAsync($"/v1/customers?limit=2&starting_after={made[3]}");
        Answer back = await _stripe.GetAsync($"/v1/customers?limit=2&ending_before={made[3]}");
        Answer clamped = await _stripe.GetAsync("/v1/customers?limit=0");
        Answer unknown = await _stripe.GetAsync("/v1/customers?starting_after=cus_none");

        Assert.Equal(made[..2], Ids(first));
        Assert.Equal("true", first["has_more"]);
        Assert.Equal(made[2..4], Ids(next));
        Assert.Equal(made[4..], Ids(last));
        Assert.Equal("false", last["has_more"]);
        Assert.Equal(made[1..3], Ids(back));
        Assert.Single(Ids(clamped));
        Assert.Equal("resource_missing", unknown.Error["code"]!.ToString());
    }

    [Fact]
    public async Task List_ByCreated_KeepsToTheBounds()
    {
        await _stripe.PostAsync("/v1/customers", "name=old");
        _stripe.Clock.Advance(TimeSpan.FromDays(2));
        Answer young = await _stripe.PostAsync("/v1/customers", "name=young");

        Answer since = await _stripe.GetAsync($"/v1/customers?created[gte]={young["created"]}");
        Answer before = await _stripe.GetAsync($"/v1/customers?created[lt]={young["created"]}");

        Assert.Equal([young.Id], Ids(since));
        Assert.Equal("old", before.Json["data"]![0]!["name"]!.ToString());
    }

    [Fact]
    public async Task Expand_OpensIds_NestedAndInLists_AndRefusesTheRest()
    {
        Answer customer = await _stripe.PostAsync("/v1/customers", "email=a@example.com&payment_method=pm_card_visa");
        JsonObject charge = await _stripe.PayAsync(more: $"&customer={customer.Id}");
        await _stripe.PostAsync("/v1/refunds", $"charge={charge["id"]}&amount=100");

        Answer one = await _stripe.GetAsync($"/v1/charges/{charge["id"]}?expand[]=payment_intent.customer&expand[]=refunds&expand[]=balance_transaction");
        Answer many = await _stripe.GetAsync("/v1/charges?expand[]=data.customer");
        Answer wrong = await _stripe.GetAsync($"/v1/charges/{charge["id"]}?expand[]=amount");
        Answer unprefixed = await _stripe.GetAsync("/v1/charges?expand[]=customer");

        Assert.Equal("a@example.com", one.Json["payment_intent"]!["customer"]!["email"]!.ToString());
        Assert.Equal("100", one.Json["refunds"]!["data"]![0]!["amount"]!.ToString());
        Assert.Equal("2000", one.Json["balance_transaction"]!["amount"]!.ToString());
        Assert.Equal(customer.Id, many.Json["data"]![0]!["customer"]!["id"]!.ToString());
        Assert.Equal("This property cannot be expanded (amount).", wrong.Error["message"]!.ToString());
        Assert.Contains("'data.customer'", unprefixed.Error["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("charges", "metadata[\"order\"]:\"A-1\"", 1)]
    [InlineData("charges", "amount:2000", 2)]
    [InlineData("charges", "amount>2000", 1)]
    [InlineData("charges", "metadata['order']:'A-1' AND amount:3000", 0)]
    [InlineData("charges", "metadata['order']:'A-1' OR amount:3000", 2)]
    [InlineData("charges", "-metadata['order']:'A-1'", 2)]
    [InlineData("customers", "email:\"JENNY@example.com\"", 1)]
    [InlineData("customers", "email~\"jenny\"", 1)]
    public async Task Search_FindsWhatTheQuerySays(string resource, string query, int found)
    {
        await _stripe.PostAsync("/v1/customers", "email=jenny@example.com");
        await _stripe.PayAsync(more: "&metadata[order]=A-1");
        await _stripe.PayAsync();
        await _stripe.PayAsync(3000);

        Answer answer = await _stripe.GetAsync($"/v1/{resource}/search?query={Uri.EscapeDataString(query)}");

        Assert.Equal("search_result", answer["object"]);
        Assert.Equal(found, answer.Json["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task Search_ByAnUnknownField_OrMixedJoints_IsRefused()
    {
        Answer field = await _stripe.GetAsync("/v1/charges/search?query=colour:\"red\"");
        Answer mixed = await _stripe.GetAsync($"/v1/charges/search?query={Uri.EscapeDataString("amount:1 AND amount:2 OR amount:3")}");

        Assert.StartsWith("Field `colour` is an unsupported search field", field.Error["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(400, mixed.Status);
    }

    [Fact]
    public async Task Metadata_EmptyValueRemovesItsKey_AndAnEmptyWholeAll()
    {
        Answer customer = await _stripe.PostAsync("/v1/customers", "metadata[a]=1&metadata[b]=2&metadata[_c]=3");
        Answer less = await _stripe.PostAsync($"/v1/customers/{customer.Id}", "metadata[a]=");
        Answer none = await _stripe.PostAsync($"/v1/customers/{customer.Id}", "metadata=");
        Answer overlong = await _stripe.PostAsync($"/v1/customers/{customer.Id}", $"metadata[a]={new string('x', 501)}");

        Assert.Equal("""{"b":"2","_c":"3"}""", less.Json["metadata"]!.ToJsonString());
        Assert.Empty(none.Json["metadata"]!.AsObject());
        Assert.Equal(400, overlong.Status);
    }

    [Fact]
    public async Task RefusedUpdate_ChangesNothing()
    {
        Answer customer = await _stripe.PostAsync("/v1/customers", "name=Before");

        Answer refused = await _stripe.PostAsync($"/v1/customers/{customer.Id}", "name=After&invoice_settings[default_payment_method]=pm_none");

        Assert.Equal(400, refused.Status);
        Assert.Equal("Before", (await _stripe.GetAsync($"/v1/customers/{customer.Id}"))["name"]);
    }

    [Fact]
    public async Task RateLimit_SwitchedOn_Answers429()
    {
        await _stripe.ControlAsync("settings", new JsonObject { ["rate_limit_per_second"] = 2 });

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _stripe.GetAsync("/v1/balance")));

        Answer limited = answers.First(answer => answer.Status == 429);
        Assert.Equal("rate_limit", limited.Error["code"]!.ToString());
    }

    private static string[] Ids(Answer list) => [.. list.Json["data"]!.AsArray().Select(item => item!["id"]!.ToString())];
}
