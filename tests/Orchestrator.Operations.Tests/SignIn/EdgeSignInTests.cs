using System.Net;
using System.Text;
using Orchestrator.Operations.SignIn;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.SignIn;

public sealed class EdgeSignInTests
{
    private const string EasyAuth = "X-MS-CLIENT-PRINCIPAL";
    private const string Who = "X-Forwarded-Email";

    [Fact]
    public async Task AppServiceHeader_WhereTheFeatureIsOn_SignsInWithGroups()
    {
        await using Surface surface = await Surface.StartAsync(new SignInOptions.AppService());

        Assert.Equal(HttpStatusCode.OK, await GetAsync(surface, (EasyAuth, Principal("eve@shop.example", "leads"))));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(surface, (EasyAuth, Principal("eve@shop.example", "owners"))));
    }

    /// <summary>The policy names ana@shop.example; an address can be given to somebody else, so it is nobody's identity.</summary>
    [Fact]
    public async Task AppServiceHeader_WithAnAddressThatThePolicyNames_IsNotThatPerson()
    {
        await using Surface surface = await Surface.StartAsync(new SignInOptions.AppService());

        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(surface, (EasyAuth, Principal("ana@shop.example"))));
    }

    [Theory]
    [InlineData("""{"typ":"preferred_username","val":"ana@shop.example"}""")]
    [InlineData("""{"typ":"oid","val":"5f0c"}""")]
    [InlineData("""{"typ":"tid","val":"77aa"}""")]
    [InlineData("""{"typ":"oid","val":""},{"typ":"tid","val":"77aa"}""")]
    public async Task AppServiceHeader_WithoutObjectIdOrTenant_SignsNobodyIn(string claims)
    {
        await using Surface surface = await Surface.StartAsync(new SignInOptions.AppService());
        string header = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"claims":[{{claims}},{"typ":"roles","val":"leads"}]}"""));

        Assert.Equal(HttpStatusCode.Found, await GetAsync(surface, (EasyAuth, header)));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("bm90IGpzb24=")]
    [InlineData("e30=")]
    public async Task AppServiceHeader_ThatSaysNothing_SignsNobodyIn(string header)
    {
        await using Surface surface = await Surface.StartAsync(new SignInOptions.AppService());

        Assert.Equal(HttpStatusCode.Found, await GetAsync(surface, (EasyAuth, header)));
    }

    [Fact]
    public async Task AppServiceHeader_OfAnApplication_SignsNobodyIn()
    {
        await using Surface surface = await Surface.StartAsync(new SignInOptions.AppService());
        string application = Convert.ToBase64String("""{"claims":[{"typ":"idtyp","val":"app"},{"typ":"preferred_username","val":"ana@shop.example"},{"typ":"roles","val":"leads"}]}"""u8);

        Assert.NotEqual(HttpStatusCode.OK, await GetAsync(surface, (EasyAuth, application)));
    }

    [Fact]
    public async Task AppServiceHeader_WhereTheFeatureIsOff_IsIgnored()
    {
        await using Surface development = await Surface.StartAsync();
        await using Surface proxy = await Surface.StartAsync(new SignInOptions.Proxy(["10.9.9.9"], Who));

        Assert.Equal(HttpStatusCode.Found, await GetAsync(development, (EasyAuth, Principal("ana@shop.example"))));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(proxy, (EasyAuth, Principal("ana@shop.example"))));
    }

    [Fact]
    public async Task AppService_SignedOut_GoesToItsLoginAndBack()
    {
        await using Surface surface = await Surface.StartAsync(new SignInOptions.AppService());
        using HttpClient browser = surface.Browser();

        using HttpResponseMessage answer = await browser.GetAsync("/approvals/x?decided=yes");

        Assert.Equal("/.auth/login/aad?post_login_redirect_uri=%2Fapprovals%2Fx%3Fdecided%3Dyes", answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("::1", false)]
    public async Task ProxyHeader_CountsFromTheProxyOnly(string trusted, bool counts)
    {
        await using Surface surface = await Surface.StartAsync(new SignInOptions.Proxy([trusted], Who));

        Assert.Equal(counts ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await GetAsync(surface, ("X-Forwarded-Email", "ana@shop.example")));
        Assert.Equal(!counts, surface.Log.Lines.Any(line => line.Contains("did not come from the proxy", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ProxyHeader_TwiceOrBroken_SignsNobodyIn()
    {
        await using Surface surface = await Surface.StartAsync(new SignInOptions.Proxy(["127.0.0.1"], Who, GroupsHeader: "X-Forwarded-Groups"));

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(surface, ("X-Forwarded-Email", "eve@x.example"), ("X-Forwarded-Email", "ana@shop.example")));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(surface, ("X-Forwarded-Email", "ana shop")));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(surface, ("X-Forwarded-Email", "eve@x.example"), ("X-Forwarded-Groups", "owners, staff")));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(surface, ("X-Forwarded-Email", "eve@x.example"), ("X-Forwarded-Groups", "owners, finance")));
    }

    [Fact]
    public async Task ProxyGroups_WithoutASettingThatNamesTheirHeader_AreNotBelieved()
    {
        await using Surface surface = await Surface.StartAsync(new SignInOptions.Proxy(["127.0.0.1"], Who));

        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync(surface, (Who, "eve@x.example"), ("X-Forwarded-Groups", "finance")));
    }

    [Theory]
    [InlineData("proxy.internal")]
    [InlineData(null)]
    public async Task Proxy_WithoutAUsableAddress_DoesNotStart(string? trusted) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Surface.StartAsync(new SignInOptions.Proxy(trusted is null ? [] : [trusted], Who)));

    [Fact]
    public async Task OperatorToken_ReadsAndDecidesNothing()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient operatorToken = surface.Program();
        using HttpClient wrong = surface.Program(Surface.OperatorToken[..^1] + "x");

        Assert.Equal(HttpStatusCode.OK, (await operatorToken.GetAsync("/api/cases")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.GetAsync("/api/cases")).StatusCode);
        using HttpResponseMessage decision = await operatorToken.PostAsync($"/api/approvals/{Given.ApprovalId}/decision", new StringContent("""{"kind":"approve","messagesSeen":1}""", Encoding.UTF8, "application/json"));
        using HttpResponseMessage end = await operatorToken.PostAsync($"/api/cases/{Given.CaseId}/terminate", new StringContent("""{"reason":"x"}""", Encoding.UTF8, "application/json"));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (decision.StatusCode, end.StatusCode));
        Assert.Empty((await surface.Approvals.FindAsync(Given.ApprovalId, default))!.Votes);
    }

    /// <summary>A command line sends an access token, which App Service or the proxy checks and leaves on the request beside the header that says whose it is.</summary>
    [Fact]
    public async Task BearerToken_CheckedInFront_IsThePersonThatTheHeaderNames()
    {
        await using Surface appService = await Surface.StartAsync(new SignInOptions.AppService());
        await using Surface proxy = await Surface.StartAsync(new SignInOptions.Proxy(["127.0.0.1"], Who));
        (string, string) token = ("Authorization", "Bearer eyJ0eXAiOiJKV1QifQ.e30.c2ln");

        Assert.Equal(HttpStatusCode.OK, await GetAsync(appService, token, (EasyAuth, Principal("ana@shop.example", "leads"))));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(proxy, token, ("X-Forwarded-Email", "ana@shop.example")));
    }

    [Fact]
    public async Task BearerToken_CheckedByNobody_SignsNobodyIn()
    {
        await using Surface appService = await Surface.StartAsync(new SignInOptions.AppService());
        await using Surface stranger = await Surface.StartAsync(new SignInOptions.Proxy(["10.0.0.0/8"], Who));
        await using Surface development = await Surface.StartAsync();
        (string, string) token = ("Authorization", "Bearer eyJ0eXAiOiJKV1QifQ.e30.c2ln");

        Assert.NotEqual(HttpStatusCode.OK, await GetAsync(appService, token));
        Assert.NotEqual(HttpStatusCode.OK, await GetAsync(stranger, token, ("X-Forwarded-Email", "ana@shop.example")));
        Assert.NotEqual(HttpStatusCode.OK, await GetAsync(development, token, (EasyAuth, Principal("ana@shop.example")), ("X-Forwarded-Email", "ana@shop.example")));
    }

    [Fact]
    public async Task Everything_ButWhatIsOpen_DemandsSignIn()
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient nobody = surface.Program(null);

        foreach (string path in new[] { "/", "/cases", "/cases/x", "/approvals", "/approvals/x", "/audit", "/no/such/page", "/api/cases", "/api/cases/x", "/api/cases/x/history", "/api/approvals", "/api/audit", "/api/audit/verify", "/api/audit/export", "/api/nothing" })
        {
            using HttpResponseMessage answer = await nobody.GetAsync(path);
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Found });
        }

        Assert.Equal("""{"status":"ok"}""", await nobody.GetStringAsync("/health"));
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/assets/site.css")).StatusCode);
    }

    [Fact]
    public void Options_InAnyString_ShowNoSecret()
    {
        var options = new OperationsOptions { SignIn = new SignInOptions.AppService(), OperatorToken = "very-secret-token", GraphClientState = "very-secret-state" };

        Assert.DoesNotContain("very-secret", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BrokenPolicy_StopsEverybodyInWords()
    {
        await using Surface surface = await Surface.StartAsync(new SignInOptions.AppService());
        surface.Policy.Broken = "refund-policy.yaml line 12, rule 'small': 'amout-over' is no condition.";
        using HttpClient browser = surface.Browser();
        browser.DefaultRequestHeaders.Add(EasyAuth, Principal("ana@shop.example"));

        using HttpResponseMessage answer = await browser.GetAsync("/cases");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("line 12, rule 'small'", Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> GetAsync(Surface surface, params (string Name, string Value)[] headers)
    {
        using HttpClient browser = surface.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cases");
        foreach ((string name, string value) in headers)
        {
            // Two values of one name go out as one line with a comma, or as two: both must fail.
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }

    private static string Principal(string upn, params string[] groups)
    {
        string claims = string.Join(',', groups.Select(group => $$"""{"typ":"roles","val":"{{group}}"}""")
            .Prepend($$"""{"typ":"preferred_username","val":"{{upn}}"},{"typ":"oid","val":"5f0c-{{upn.Length}}"},{"typ":"tid","val":"77aa"}"""));
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"auth_typ":"aad","claims":[{{claims}}],"name_typ":"name","role_typ":"roles"}"""));
    }
}
