using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.Cases;

/// <summary>What operators do by hand: on the page and over the API alike.</summary>
public sealed class CaseActTests
{
    private const string Words = "Petra Kunde phoned about it";

    [Theory]
    [InlineData("suspend", null, OrchestrationRuntimeStatus.Suspended, "cases.suspend")]
    [InlineData("resume", OrchestrationRuntimeStatus.Suspended, OrchestrationRuntimeStatus.Running, "cases.resume")]
    [InlineData("rewind", OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running, "cases.rewind")]
    [InlineData("terminate", null, OrchestrationRuntimeStatus.Terminated, "cases.terminate")]
    [InlineData("purge", OrchestrationRuntimeStatus.Failed, null, "cases.purge")]
    public async Task Act_IsDoneOnTheRecordAndItsWordsAreInTheCaseFileAlone(string verb, OrchestrationRuntimeStatus? before, OrchestrationRuntimeStatus? after, string tool)
    {
        await using Surface surface = await InAsync(before);
        using HttpClient ana = await PersonAsync(surface);

        using HttpResponseMessage answer = await ana.PostAsJsonAsync($"/api/cases/{Given.CaseId}/{verb}", new { reason = Words });

        Assert.Equal(verb == "purge" ? HttpStatusCode.NoContent : HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(after, (await surface.Orchestrations.GetInstanceAsync(Given.CaseId))?.RuntimeStatus);
        Assert.Single(surface.Audit.Entries, entry => entry.Tool == tool && entry is { Actor: "person/ana@shop.example", Outcome: "succeeded" } && entry.Arguments == """{"reason_letters":"27"}""");
        CaseFile file = (await surface.Files.FindAsync(Given.CaseId, default))!;
        Assert.Equal([new(surface.Clock.GetUtcNow(), "ana@shop.example", tool, Words)], file.Notes);
        Assert.Equal(verb is "terminate" or "purge", file.ClosedAt is not null);
        Assert.All(surface.Orchestrations.Reasons, reason => Assert.DoesNotContain("Petra", reason, StringComparison.Ordinal));
        Assert.Equal(verb == "purge" ? 0 : 1, surface.Orchestrations.Reasons.Count);
    }

    [Theory]
    [InlineData("resume", null)]
    [InlineData("rewind", null)]
    [InlineData("purge", null)]
    [InlineData("suspend", OrchestrationRuntimeStatus.Suspended)]
    [InlineData("suspend", OrchestrationRuntimeStatus.Failed)]
    [InlineData("rewind", OrchestrationRuntimeStatus.Terminated)]
    [InlineData("terminate", OrchestrationRuntimeStatus.Failed)]
    public async Task Act_ThatDoesNotFitTheState_IsRefusedAndNothingIsNoted(string verb, OrchestrationRuntimeStatus? before)
    {
        await using Surface surface = await InAsync(before);
        using HttpClient ana = await PersonAsync(surface);

        using HttpResponseMessage answer = await ana.PostAsJsonAsync($"/api/cases/{Given.CaseId}/{verb}", new { reason = Words });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.StartsWith("urn:orchestrator:problem:case-", JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(before ?? OrchestrationRuntimeStatus.Running, (await surface.Orchestrations.GetInstanceAsync(Given.CaseId))!.RuntimeStatus);
        Assert.Empty((await surface.Files.FindAsync(Given.CaseId, default))!.Notes);
        Assert.Empty(surface.Audit.Entries);
    }

    [Fact]
    public async Task FailedCase_OnItsPage_SaysWhatFailedAndIsRewoundThere()
    {
        await using Surface surface = await InAsync(OrchestrationRuntimeStatus.Failed);
        using HttpClient ana = await surface.SignedInAsync();
        string path = "/cases/" + Given.CaseId;
        string page = await ana.GetStringAsync(path);

        using HttpResponseMessage got = await ana.GetAsync(path + "/rewind");
        using HttpResponseMessage forged = await ana.PostAsync(path + "/rewind", new FormUrlEncodedContent([new("reason", "x")]));
        using HttpResponseMessage empty = await ana.PostAsync(path + "/rewind", Html.Form(page, ("reason", "")));
        using HttpResponseMessage rewound = await ana.PostAsync(path + "/rewind", Html.Form(page, ("reason", Words)));
        string after = Html.Text(await ana.GetStringAsync(path));

        Assert.Contains("What failed: The key 'stripe-refund' is disabled. Once its cause is mended, rewind the case below.", Html.Text(page), StringComparison.Ordinal);
        Assert.Contains("/rewind\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/suspend\"", page, StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.MethodNotAllowed, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther], [got.StatusCode, forged.StatusCode, empty.StatusCode, rewound.StatusCode]);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await surface.Orchestrations.GetInstanceAsync(Given.CaseId))!.RuntimeStatus);
        Assert.Contains(Words, after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PurgedCase_LeadsBackToTheList()
    {
        await using Surface surface = await InAsync(OrchestrationRuntimeStatus.Terminated);
        using HttpClient ana = await surface.SignedInAsync();
        string path = "/cases/" + Given.CaseId;

        using HttpResponseMessage purged = await ana.PostAsync(path + "/purge", Html.Form(await ana.GetStringAsync(path), ("reason", "too old")));
        using HttpResponseMessage gone = await ana.GetAsync(path);

        Assert.Equal("/cases", purged.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("rewind")]
    [InlineData("purge")]
    public async Task Act_ByWhoIsNoOperator_IsForbidden(string verb)
    {
        await using Surface surface = await Surface.StartAsync(with: options => options with { OperatorGroups = ["leads"] });
        await surface.OpenApprovalAsync();
        using HttpClient ana = await PersonAsync(surface);
        using HttpClient program = surface.Program();

        foreach (HttpClient client in (HttpClient[])[ana, program])
        {
            using HttpResponseMessage answer = await client.PostAsJsonAsync($"/api/cases/{Given.CaseId}/{verb}", new { reason = "x" });
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Empty(surface.Audit.Entries);
    }

    [Fact]
    public async Task List_ById_FindsWhatACaseKnowsHoweverOld()
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Orchestrations.Put("case-1", new(CasePhase.Settling, "Waiting.", BusinessIds: ["cus_9", "ch_1", "re_1"]));
        surface.Orchestrations.Put("case-2", new(CasePhase.Reading, "Reading.", BusinessIds: ["cus_9"]));
        surface.Orchestrations.Put("no-case", new(CasePhase.Reading, "Reading.", BusinessIds: ["cus_9"]), name: "SomethingElse");
        using HttpClient client = surface.Program();

        Assert.Equal(["case-1", "case-2"], (await IdsAsync(client, "id=cus_9")).Order());
        Assert.Equal(["case-1"], await IdsAsync(client, "id=re_1"));
        Assert.Equal(["case-2"], await IdsAsync(client, "id=case-2"));
        Assert.Empty(await IdsAsync(client, "id=cus_"));
        Assert.Equal(["case-1", "case-2"], (await IdsAsync(client, "q=cus_9")).Order());
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(HttpClient client, string query) =>
        [.. JsonNode.Parse(await client.GetStringAsync("/api/cases?" + query))!["cases"]!.AsArray().Select(one => one!["caseId"]!.GetValue<string>())];

    /// <summary>A case that waits for an approval, or stands as given.</summary>
    private static async Task<Surface> InAsync(OrchestrationRuntimeStatus? status)
    {
        Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        if (status is { } runtime)
        {
            surface.Orchestrations.Put(Given.CaseId, new(CasePhase.AwaitingApproval, "Waiting."), null, runtime, runtime == OrchestrationRuntimeStatus.Failed ? new("X", "The key 'stripe-refund' is disabled.") : null);
        }

        return surface;
    }

    private static async Task<HttpClient> PersonAsync(Surface surface)
    {
        using HttpClient nobody = surface.Program(null);
        using HttpResponseMessage answer = await nobody.PostAsJsonAsync("/api/signin", new { who = "ana@shop.example", code = surface.Code() });
        return surface.Program(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["token"]!.GetValue<string>());
    }
}
