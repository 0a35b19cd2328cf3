using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orchestrator.Operations.SignIn;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.SignIn;

public sealed class DevelopmentSignInTests
{
    [Fact]
    public async Task Code_IsGoodOnceAndRotates()
    {
        await using Surface surface = await Surface.StartAsync();
        string code = surface.Code();
        using HttpClient first = surface.Browser();
        using HttpClient second = surface.Browser();

        using HttpResponseMessage used = await TryAsync(first, "ana@shop.example", code);
        using HttpResponseMessage again = await TryAsync(second, "ana@shop.example", code);

        Assert.Equal(HttpStatusCode.SeeOther, used.StatusCode);
        string cookie = used.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("orchestrator-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.NotEqual(code, surface.Code());
        Assert.Contains(surface.Log.Lines, line => line.Contains(surface.Code(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Code_AfterFiveWrongTries_IsAnotherAndAfterTwentyNobodyTries()
    {
        await using Surface surface = await Surface.StartAsync();
        string code = surface.Code();
        using HttpClient browser = surface.Browser();
        string page = await browser.GetStringAsync("/sign-in");

        List<HttpStatusCode> answers = [];
        for (int attempt = 0; attempt < 21; attempt++)
        {
            using HttpResponseMessage answer = await browser.PostAsync("/sign-in", Html.Form(page, ("who", "ana@shop.example"), ("code", attempt == 5 ? code : "aaaa-aaaa")));
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(Enumerable.Repeat(HttpStatusCode.Unauthorized, 20), answers.Take(20));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[20]);
        surface.Clock.Advance(TimeSpan.FromMinutes(1));
        using HttpResponseMessage later = await TryAsync(browser, "ana@shop.example", surface.Code());
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
    }

    [Fact]
    public async Task SignOut_EndsTheSessionAlsoForWhoeverKeptTheCookie()
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient browser = surface.Browser();
        string cookie = await SignedInAsync(surface, browser);
        Assert.Equal(HttpStatusCode.OK, await WithAsync(surface, cookie));

        using HttpResponseMessage signedOut = await browser.PostAsync("/sign-out", Html.Form(await browser.GetStringAsync("/approvals")));

        Assert.Equal(HttpStatusCode.SeeOther, signedOut.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, await WithAsync(surface, cookie));
    }

    [Theory]
    [InlineData(50, 14, true)]
    [InlineData(50, 15, false)]
    [InlineData(61, 1, false)]
    public async Task Session_VisitedEverySoManyMinutes_EndsWhenIdleAndAtTheLatestAfterTwelveHours(int minutes, int times, bool open)
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient browser = surface.Browser();
        string cookie = await SignedInAsync(surface, browser);
        HttpStatusCode answered = HttpStatusCode.OK;
        for (int visit = 0; visit < times; visit++)
        {
            surface.Clock.Advance(TimeSpan.FromMinutes(minutes));
            answered = await WithAsync(surface, cookie);
        }

        Assert.Equal(open, answered == HttpStatusCode.OK);
    }

    private static async Task<string> SignedInAsync(Surface surface, HttpClient browser)
    {
        using HttpResponseMessage answer = await TryAsync(browser, "ana@shop.example", surface.Code());
        return answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("orchestrator-session=", StringComparison.Ordinal)).Split(';')[0];
    }

    private static async Task<HttpStatusCode> WithAsync(Surface surface, string cookie)
    {
        using HttpClient other = surface.Program(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/approvals");
        request.Headers.Add("Cookie", cookie);
        using HttpResponseMessage answer = await other.SendAsync(request);
        return answer.StatusCode;
    }

    [Fact]
    public async Task CodeFile_IsReadableByItsOwnerAlone()
    {
        await using Surface surface = await Surface.StartAsync();

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(surface.CodeFile!));
        }

        Assert.Matches("^[a-z2-9]{4}-[a-z2-9]{4}$", surface.Code());
    }

    [Fact]
    public async Task Start_BesideALiveKey_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Surface.StartAsync(with: options => options with { LiveKeyConfigured = true }));

        Assert.Contains("does not run beside a live Stripe key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnAnotherAddress_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Surface.StartAsync(listen: "http://0.0.0.0:0"));

        Assert.Contains("runs on loopback only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_UnderARebindingName_IsNone()
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient ana = await surface.SignedInAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/cases") { Headers = { Host = "evil.example" } };
        using HttpResponseMessage answer = await ana.SendAsync(request);
        using var form = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = "evil.example" } };
        using HttpResponseMessage page = await ana.SendAsync(form);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
    }

    [Theory]
    [InlineData("/approvals/x?y=1", "/approvals/x?y=1")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: x=1", "/")]
    [InlineData("/sign-out", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void Return_ToAnywhereElse_IsTheConsole(string? asked, string path) => Assert.Equal(path, SignInEndpoints.Local(asked));

    [Fact]
    public async Task SignIn_OfSomebodyInNoGroup_ReadsNothing()
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient stranger = await surface.SignedInAsync("eve@elsewhere.example");

        using HttpResponseMessage answer = await stranger.GetAsync("/cases");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("the refund policy has you in no group", Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient ana = await surface.SignedInAsync();

        using HttpResponseMessage forged = await ana.PostAsync("/sign-out", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/cases")).StatusCode);
        using HttpResponseMessage ended = await ana.PostAsync("/sign-out", Html.Form(await ana.GetStringAsync("/cases")));

        Assert.Equal(HttpStatusCode.Found, (await ana.GetAsync("/cases")).StatusCode);
    }

    [Fact]
    public async Task CommandLine_SignsInForAWhile()
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient program = surface.Program(null);

        using HttpResponseMessage wrong = await program.PostAsJsonAsync("/api/signin", new { who = "ana@shop.example", code = "aaaa-aaaa" });
        using HttpResponseMessage right = await program.PostAsJsonAsync("/api/signin", new { who = "Ana@Shop.example", code = surface.Code() });
        using JsonDocument session = JsonDocument.Parse(await right.Content.ReadAsStringAsync());
        using HttpClient ana = surface.Program(session.RootElement.GetProperty("token").GetString());
        HttpStatusCode before = (await ana.GetAsync("/api/cases")).StatusCode;
        surface.Clock.Advance(TimeSpan.FromMinutes(60));
        HttpStatusCode after = (await ana.GetAsync("/api/cases")).StatusCode;

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("ana@shop.example", session.RootElement.GetProperty("id").GetString());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before, after));
    }

    private static async Task<HttpResponseMessage> TryAsync(HttpClient browser, string who, string code) =>
        await browser.PostAsync("/sign-in", Html.Form(await browser.GetStringAsync("/sign-in"), ("who", who), ("code", code), ("return", "/")));
}
