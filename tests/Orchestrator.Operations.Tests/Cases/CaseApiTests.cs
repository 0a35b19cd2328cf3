using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Payments;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.Cases;

public sealed class CaseApiTests
{
    private static readonly Money FiveHundredYen = new(500, Currency.Parse("jpy"));

    [Fact]
    public async Task List_ByStatusPhaseAndPage_AgreesWithTheDetail()
    {
        await using Surface surface = await Surface.StartAsync();
        await PutThreeAsync(surface);
        using HttpClient client = surface.Program();

        JsonNode all = await GetAsync(client, "/api/cases");
        JsonNode refunded = await GetAsync(client, "/api/cases?status=refunded");
        JsonNode waiting = await GetAsync(client, "/api/cases?phase=awaitingApproval");
        JsonNode page = await GetAsync(client, "/api/cases?limit=2");
        JsonNode rest = await GetAsync(client, $"/api/cases?limit=2&cursor={page["next"]}");
        JsonNode detail = await GetAsync(client, "/api/cases/case-refunded");

        Assert.Equal(3, all["cases"]!.AsArray().Count);
        Assert.Equal((1, 1, 1), (all["counts"]!["open"]!.GetValue<int>(), all["counts"]!["refunded"]!.GetValue<int>(), all["counts"]!["needs-person"]!.GetValue<int>()));
        JsonNode row = Assert.Single(refunded["cases"]!.AsArray())!;
        Assert.Equal(row.ToJsonString(), detail["case"]!.ToJsonString());
        Assert.Equal("""{"minorUnits":500,"currency":"jpy","text":"JPY 500"}""", row["amount"]!.ToJsonString());
        Assert.Equal("Waiting for finance to decide on the refund.", Assert.Single(waiting["cases"]!.AsArray())!["why"]!.GetValue<string>());
        Assert.Equal(["case-refunded", "case-person", Given.CaseId], page["cases"]!.AsArray().Concat(rest["cases"]!.AsArray()).Select(one => one!["caseId"]!.GetValue<string>()));
        Assert.Null(rest["next"]);
    }

    [Theory]
    [InlineData(Given.CaseId, Given.CaseId)]
    [InlineData(Given.ApprovalId, Given.CaseId)]
    [InlineData("ch_1", Given.CaseId)]
    [InlineData("re_500", "case-refunded")]
    [InlineData("petra@customer.example", Given.CaseId)]
    [InlineData("nothing-like-it", null)]
    public async Task Search_ByAnyId_FindsItsCase(string text, string? caseId)
    {
        await using Surface surface = await Surface.StartAsync();
        await PutThreeAsync(surface);
        using HttpClient client = surface.Program();

        JsonNode found = await GetAsync(client, "/api/cases?q=" + Uri.EscapeDataString(text));

        Assert.Equal(caseId is null ? [] : [caseId], found["cases"]!.AsArray().Select(one => one!["caseId"]!.GetValue<string>()));
        // A backend may write into its log what it is asked for.
        Assert.All(surface.Orchestrations.AskedFor, asked => Assert.StartsWith("case-", asked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task History_IsGivenWithItsPayloads()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        surface.Orchestrations.Record(Given.CaseId, new(1, "ExecutionStarted", surface.Clock.GetUtcNow(), null, "RefundAgent", """{"caseId":"x"}"""), new(2, "TaskScheduled", surface.Clock.GetUtcNow(), 1, "Understand", "not json"));
        using HttpClient client = surface.Program();

        JsonNode history = await GetAsync(client, $"/api/cases/{Given.CaseId}/history");

        Assert.Equal("""{"caseId":"x"}""", history["entries"]![0]!["payload"]!.ToJsonString());
        Assert.Equal("not json", history["entries"]![1]!["payload"]!.GetValue<string>());
    }

    [Fact]
    public async Task Terminate_RightAfterTheApproval_IsRefusedThoughTheStatusStillSaysWaiting()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await PersonAsync(surface);
        await surface.Approvals.ChangeAsync(
            Given.ApprovalId, round => round with { Conclusion = new(ConclusionKind.Approved, round.OpenedAt, ["ana@shop.example"], null, null, null, null) }, default);

        using HttpResponseMessage answer = await ana.PostAsJsonAsync($"/api/cases/{Given.CaseId}/terminate", new { reason = "stop" });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await surface.Orchestrations.GetInstanceAsync(Given.CaseId))!.RuntimeStatus);
    }

    [Fact]
    public async Task Terminate_ByAPerson_EndsTheCaseAndWithdrawsItsApproval()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await PersonAsync(surface);

        using HttpResponseMessage without = await ana.PostAsJsonAsync($"/api/cases/{Given.CaseId}/terminate", new { reason = " " });
        using HttpResponseMessage ended = await ana.PostAsJsonAsync($"/api/cases/{Given.CaseId}/terminate", new { reason = "customer phoned" });
        using HttpResponseMessage again = await ana.PostAsJsonAsync($"/api/cases/{Given.CaseId}/terminate", new { reason = "customer phoned" });

        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK, HttpStatusCode.Conflict], [without.StatusCode, ended.StatusCode, again.StatusCode]);
        Assert.Equal(ConclusionKind.Voided, (await surface.Approvals.FindAsync(Given.ApprovalId, default))!.Conclusion!.Kind);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await surface.Orchestrations.GetInstanceAsync(Given.CaseId))!.RuntimeStatus);
        Assert.NotNull((await surface.Files.FindAsync(Given.CaseId, default))!.ClosedAt);
        AuditEntry[] recorded = [.. surface.Audit.Entries.Where(entry => entry.Actor == "person/ana@shop.example")];
        Assert.Equal([("approvals.withdraw", "succeeded"), ("cases.terminate", "attempted"), ("cases.terminate", "succeeded")], recorded.Select(entry => (entry.Tool, entry.Outcome)));
        Assert.All(recorded, entry => Assert.DoesNotContain("phoned", entry.Arguments, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CasePhase.Refunding)]
    [InlineData(CasePhase.TellingCustomer)]
    [InlineData(CasePhase.Settling)]
    public async Task Terminate_WhileMoneyMoves_IsRefused(CasePhase phase)
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Orchestrations.Put(Given.CaseId, new(phase, "Busy."));
        using HttpClient ana = await PersonAsync(surface);

        using HttpResponseMessage answer = await ana.PostAsJsonAsync($"/api/cases/{Given.CaseId}/terminate", new { reason = "stop" });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await surface.Orchestrations.GetInstanceAsync(Given.CaseId))!.RuntimeStatus);
    }

    [Fact]
    public async Task Write_FromAnotherSitesPage_IsRefused()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();

        foreach ((string name, string value) in new[] { ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/approvals/{Given.ApprovalId}/decision") { Content = JsonContent.Create(new { kind = "approve", messagesSeen = 1 }) };
            request.Headers.Add(name, value);
            using HttpResponseMessage answer = await ana.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        using HttpResponseMessage form = await ana.PostAsync($"/api/approvals/{Given.ApprovalId}/decision", new FormUrlEncodedContent([new("kind", "approve")]));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
        Assert.Empty((await surface.Approvals.FindAsync(Given.ApprovalId, default))!.Votes);
    }

    [Fact]
    public async Task Decision_OverTheApi_CountsForWhoSignedIn()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await PersonAsync(surface);
        string path = $"/api/approvals/{Given.ApprovalId}";

        JsonNode before = await GetAsync(ana, path);
        using HttpResponseMessage unknown = await ana.PostAsJsonAsync(path + "/decision", new { kind = "perhaps", messagesSeen = 1 });
        using HttpResponseMessage less = await ana.PostAsJsonAsync(path + "/decision", new { kind = "approve", messagesSeen = before["messagesSeen"]!.GetValue<int>(), amountMinor = 10_000, by = "ben@shop.example" });
        using HttpResponseMessage late = await ana.PostAsJsonAsync(path + "/decision", new { kind = "deny", messagesSeen = 1, reason = "no" });
        JsonNode after = JsonNode.Parse(await less.Content.ReadAsStringAsync())!;

        Assert.Null(before["mayNot"]);
        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK, HttpStatusCode.Conflict], [unknown.StatusCode, less.StatusCode, late.StatusCode]);
        Assert.Equal("urn:orchestrator:problem:approval-already-decided", JsonNode.Parse(await late.Content.ReadAsStringAsync())!["type"]!.GetValue<string>());
        Assert.Equal(("approved", "EUR 100.00", "ana@shop.example"), (after["approval"]!["state"]!.GetValue<string>(), after["approval"]!["conclusion"]!["amount"]!["text"]!.GetValue<string>(), after["decisions"]![0]!["id"]!.GetValue<string>()));
        Assert.Single((await GetAsync(ana, "/api/approvals?state=done"))["approvals"]!.AsArray());
        Assert.Empty((await GetAsync(ana, "/api/approvals?state=open"))["approvals"]!.AsArray());
    }

    [Fact]
    public async Task Audit_IsListedVerifiedAndExported()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await PersonAsync(surface);
        await ana.PostAsJsonAsync($"/api/approvals/{Given.ApprovalId}/decision", new { kind = "deny", messagesSeen = 1 });
        await ana.PostAsJsonAsync($"/api/approvals/{Given.ApprovalId}/decision", new { kind = "deny", messagesSeen = 1, reason = "no" });

        JsonNode holds = await GetAsync(ana, "/api/audit/verify");
        JsonNode list = await GetAsync(ana, "/api/audit?case=" + Given.CaseId);
        string[] lines = (await ana.GetStringAsync("/api/audit/export")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        surface.Audit.Tamper(0, entry => entry with { Outcome = "succeeded" });
        JsonNode broken = await GetAsync(ana, "/api/audit/verify");

        Assert.True(holds["holds"]!.GetValue<bool>());
        Assert.Equal(2, list["records"]!.AsArray().Count);
        Assert.Equal(2, list["records"]![0]!["sequence"]!.GetValue<int>());
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        Assert.Equal((false, 1), (broken["holds"]!.GetValue<bool>(), broken["firstBad"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("/api/cases/none")]
    [InlineData("/api/cases/none/history")]
    [InlineData("/api/approvals/none")]
    [InlineData("/api/nothing")]
    public async Task Unknown_IsAProblemWithATypeAndANextStep(string path)
    {
        await using Surface surface = await Surface.StartAsync();
        using HttpClient client = surface.Program();

        using HttpResponseMessage answer = await client.GetAsync(path);
        JsonNode problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("urn:orchestrator:problem:not-found", problem["type"]!.GetValue<string>());
        Assert.NotEmpty(problem["nextStep"]!.GetValue<string>());
    }

    private static async Task PutThreeAsync(Surface surface)
    {
        await surface.OpenApprovalAsync();
        surface.Clock.Advance(TimeSpan.FromMinutes(1));
        surface.Orchestrations.Put("case-person", null, new(CaseEnd.HandedOver, "Not a refund request."));
        surface.Clock.Advance(TimeSpan.FromMinutes(1));
        surface.Orchestrations.Put("case-refunded", null, new(CaseEnd.Refunded, "Refunded and told.", ChargeId.From("ch_500"), FiveHundredYen, RefundId.From("re_500")));
        surface.Orchestrations.Put("no-case", null, null, name: "SomethingElse");
    }

    private static async Task<HttpClient> PersonAsync(Surface surface)
    {
        using HttpClient nobody = surface.Program(null);
        using HttpResponseMessage answer = await nobody.PostAsJsonAsync("/api/signin", new { who = "ana@shop.example", code = surface.Code() });
        return surface.Program(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["token"]!.GetValue<string>());
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path))!;
}
