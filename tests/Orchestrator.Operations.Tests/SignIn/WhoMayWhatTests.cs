using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Operations.SignIn;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.SignIn;

/// <summary>Roles by groups, and the whole table of routes as a reviewer reads it.</summary>
public sealed class WhoMayWhatTests
{
    private const string Who = "X-Forwarded-Email";
    private const string Groups = "X-Forwarded-Groups";

    [Fact]
    public async Task Routes_AndWhatTheyAsk_AreTheGoldenTable()
    {
        await using Surface surface = await Surface.StartAsync();
        string[] lines =
        [
            .. surface.Routes.OfType<RouteEndpoint>().SelectMany(route =>
                (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(method => $"{Asked(route),-15} {method,-5} /{route.RoutePattern.RawText!.TrimStart('/')}"))
                .Distinct().Order(StringComparer.Ordinal),
        ];
        string table = string.Join('\n', lines) + "\n";
        string golden = Path.Combine(Repository(), "tests", "Golden", "who-may-what.txt");

        Assert.True(File.Exists(golden) && await File.ReadAllTextAsync(golden) == table, $"Who may what is now:\n{table}\nIf that is meant, write it to tests/Golden/who-may-what.txt.");
    }

    [Theory]
    [InlineData("leads", "/api/cases", HttpStatusCode.OK)]
    [InlineData("leads", "/api/approvals", HttpStatusCode.OK)]
    [InlineData("finance", "/api/cases", HttpStatusCode.Forbidden)]
    [InlineData("finance", "/api/approvals", HttpStatusCode.OK)]
    [InlineData("finance", "/audit", HttpStatusCode.Forbidden)]
    [InlineData("owners", "/api/approvals", HttpStatusCode.Forbidden)]
    public async Task Reading_WhereViewersAreNamed_IsTheirsAndOfApproversWhatTheyDecide(string group, string path, HttpStatusCode expected)
    {
        await using Surface surface = await StartAsync(options => options with { ViewerGroups = ["leads"], ApproverGroups = ["finance"], OperatorGroups = [], AdministratorGroups = [] });

        Assert.Equal(expected, await SendAsync(surface, HttpMethod.Get, path, group));
    }

    [Theory]
    [InlineData("leads", "suspend", true)]
    [InlineData("leads", "terminate", false)]
    [InlineData("leads", "purge", false)]
    [InlineData("finance", "suspend", true)]
    [InlineData("finance", "terminate", true)]
    public async Task Acts_OfOperatorsAndAdministrators_AreTheirs(string group, string act, bool may)
    {
        await using Surface surface = await StartAsync(options => options with { OperatorGroups = ["leads"], AdministratorGroups = ["finance"] });
        await surface.OpenApprovalAsync();

        HttpStatusCode answered = await SendAsync(surface, HttpMethod.Post, $"/api/cases/{Given.CaseId}/{act}", group);

        Assert.Equal(may, answered != HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Approval_OpenedByWhoOnlyReads_OffersNoDecisionAndSaysWhy()
    {
        await using Surface surface = await Surface.StartAsync(with: options => options with { ViewerGroups = ["finance"], ApproverGroups = ["leads"] });
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();

        string page = await ana.GetStringAsync($"/approvals/{Given.ApprovalId}");

        Assert.Contains("the settings give none of your groups the role of an approver", Html.Text(page), StringComparison.Ordinal);
        Assert.DoesNotContain("Deny…", Html.Text(page), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"button primary\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reader_WritesNothing_AuditIncluded()
    {
        await using Surface surface = await StartAsync(options => options with { ViewerGroups = ["leads"], ApproverGroups = ["finance"], OperatorGroups = [], AdministratorGroups = [] });
        await surface.OpenApprovalAsync();
        int before = await RecordsAsync(surface);
        using HttpClient token = surface.Program();
        for (int number = 0; number < 50; number++)
        {
            using var empty = new StringContent("{}", Encoding.UTF8, "application/json");
            using HttpResponseMessage act = await token.PostAsync($"/api/cases/case-none{number}/suspend", empty);
            using HttpResponseMessage decision = await token.PostAsync($"/api/approvals/case-none{number}-r1/decision", empty);
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (act.StatusCode, decision.StatusCode));
            await SendAsync(surface, HttpMethod.Get, $"/api/cases/case-none{number}", "leads");
            await SendAsync(surface, HttpMethod.Post, $"/api/cases/case-none{number}/terminate", "leads");
        }

        Assert.Equal(before, await RecordsAsync(surface));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PublicHttps_KeepsBrowsersAndCookiesToIt(bool https)
    {
        await using Surface surface = await Surface.StartAsync(with: options => options with { IsPublicOverHttps = https });
        using HttpClient browser = surface.Browser();

        using HttpResponseMessage answer = await browser.GetAsync("/sign-in");

        Assert.Equal(https, answer.Headers.Contains("Strict-Transport-Security"));
        Assert.All(Assert.Single(answer.Headers, header => header.Key == "Set-Cookie").Value, cookie => Assert.Equal(https, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<int> RecordsAsync(Surface surface) => await surface.Audit.ReadAsync(null, default).CountAsync();

    private static Task<Surface> StartAsync(Func<OperationsOptions, OperationsOptions> with) =>
        Surface.StartAsync(new SignInOptions.Proxy(["127.0.0.1"], Who, GroupsHeader: Groups), with: with);

    private static async Task<HttpStatusCode> SendAsync(Surface surface, HttpMethod method, string path, string group)
    {
        using HttpClient program = surface.Program(null);
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add(Who, "eve@x.example");
        request.Headers.Add(Groups, group);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent("""{"reason":"because"}""", Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage answer = await program.SendAsync(request);
        return answer.StatusCode;
    }

    private static string Asked(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "anyone"
        : route.Metadata.GetMetadata<IAuthorizeData>()?.Policy?.Replace("role-", "", StringComparison.Ordinal) ?? "Viewer";

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
