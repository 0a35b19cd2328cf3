using System.Net;
using System.Net.Http.Headers;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.Answers;

public sealed class PipelineTests
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/health")]
    [InlineData("/cases")]
    [InlineData("/api/cases")]
    [InlineData("/assets/page.js")]
    public async Task EveryAnswer_CarriesTheSecurityHeaders(string path)
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient browser = surface.Browser();

        using HttpResponseMessage answer = await browser.GetAsync(path);

        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Pages_HoldNothingInlineAndAreStoredNowhere()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();

        foreach (string path in new[] { "/cases", "/cases/" + Given.CaseId, "/approvals", "/approvals/" + Given.ApprovalId, "/audit" })
        {
            using HttpResponseMessage answer = await ana.GetAsync(path);
            string page = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
            Assert.DoesNotContain(" onclick", page, StringComparison.Ordinal);
            Assert.Single(page.Split("<script").Skip(1), script => script.StartsWith(" src=\"/assets/", StringComparison.Ordinal));
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task Assets_AreKeptUntilTheyChange()
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient browser = surface.Browser();

        using HttpResponseMessage first = await browser.GetAsync("/assets/site.css");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/site.css") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using HttpResponseMessage second = await browser.SendAsync(request);
        using HttpResponseMessage head = await browser.SendAsync(new(HttpMethod.Head, "/assets/site.css"));

        Assert.Equal(new MediaTypeHeaderValue("text/css") { CharSet = "utf-8" }, first.Content.Headers.ContentType);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Contains("immutable", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unexpected_Failure_ShowsNothingOfItself()
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient ana = await surface.SignedInAsync();
        surface.Orchestrations.Put("case-x", new(default, "Waiting."));
        surface.Files.Break = "secret detail";

        using HttpResponseMessage page = await ana.GetAsync("/cases/case-x");
        using HttpResponseMessage api = await surface.Program().GetAsync("/api/cases/case-x");

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError), (page.StatusCode, api.StatusCode));
        Assert.DoesNotContain("secret detail", await page.Content.ReadAsStringAsync() + await api.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
