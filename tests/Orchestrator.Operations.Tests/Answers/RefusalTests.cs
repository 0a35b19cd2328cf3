using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Durability;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.Answers;

/// <summary>What the orchestrations or their store refuse, as programs see it.</summary>
public sealed class RefusalTests
{
    private const string Secret = "/srv/secret/hub.db";

    [Theory]
    [InlineData("payload-too-large", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("instance-exists", HttpStatusCode.Conflict)]
    [InlineData("instance-not-failed", HttpStatusCode.Conflict)]
    [InlineData("continuation-token-unknown", HttpStatusCode.BadRequest)]
    [InlineData("unknown-orchestrator", HttpStatusCode.NotImplemented)]
    [InlineData("hub-full", HttpStatusCode.InsufficientStorage)]
    [InlineData("hub-stopped", HttpStatusCode.ServiceUnavailable)]
    public async Task Refusal_HasItsTypeStatusAndNextStep(string name, HttpStatusCode status)
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        surface.Orchestrations.Break = new Refusal(name);
        using HttpClient client = surface.Program();

        using HttpResponseMessage answer = await client.GetAsync($"/api/cases/{Given.CaseId}");
        string body = await answer.Content.ReadAsStringAsync();
        JsonNode problem = JsonNode.Parse(body)!;

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("urn:orchestrator:problem:" + name, problem["type"]!.GetValue<string>());
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
        Assert.Equal(name.StartsWith("hub-", StringComparison.Ordinal), answer.Headers.RetryAfter is not null);
        Assert.Equal(name.StartsWith("hub-", StringComparison.Ordinal), !body.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ActOnAFullDisk_IsRefusedAndNotOnTheRecord()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        surface.Orchestrations.Break = new Refusal("hub-full");
        using HttpClient ana = await surface.SignedInAsync();

        using HttpResponseMessage answer = await ana.PostAsJsonAsync($"/api/cases/{Given.CaseId}/suspend", new { reason = "x" });

        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Empty(surface.Audit.Entries);
    }

    private sealed class Refusal(string name) : DurabilityException(name, $"The task hub '{Secret}' refused.");
}
