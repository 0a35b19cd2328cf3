using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Story;

/// <summary>Requests that name a function, a case or an approval that does not exist: a plain refusal, and nothing that was not there before.</summary>
[Collection(StoryCollection.Name)]
public sealed class UnknownNameTests(StoryScene shared)
{
    private readonly Scene _scene = shared.Scene;

    [Theory]
    [InlineData("GET", "/api/cases/nobody")]
    [InlineData("GET", "/api/cases/nobody/history")]
    [InlineData("POST", "/api/cases/nobody/terminate")]
    [InlineData("GET", "/api/approvals/nobody")]
    [InlineData("POST", "/api/approvals/nobody/decision")]
    [InlineData("GET", "/api/orchestrators/Nobody")]
    [InlineData("POST", "/api/orchestrators/Nobody")]
    public async Task UnknownName_IsAProblemThatSaysSo(string method, string path)
    {
        JsonNode body = path.EndsWith("decision", StringComparison.Ordinal) ? new JsonObject { ["kind"] = "approve", ["messagesSeen"] = 1 } : new JsonObject { ["reason"] = "nobody asked" };
        using var request = new HttpRequestMessage(new(method), path) { Content = method == "GET" ? null : new StringContent(body.ToJsonString(), null, "application/json") };
        using HttpResponseMessage answer = await (await _scene.AsAsync(Scene.Ana)).SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("urn:orchestrator:problem:", JsonNode.Parse(text)!["type"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    /// <summary>The Durable Task HTTP API is there on the Functions host alone, and opens to the host's own keys alone.</summary>
    [Theory]
    [InlineData("Nobody")]
    [InlineData("RefundAgent")]
    public async Task Orchestrator_StartedPastTheInbox_IsRefusedAndStartsNothing(string name)
    {
        string instanceId = $"nobody-{Guid.NewGuid():N}";
        using (HttpClient http = _scene.Head.Operator())
        using (HttpResponseMessage answer = await HeadProcess.PostAsync(http, $"/runtime/webhooks/durabletask/orchestrators/{name}/{instanceId}", new JsonObject()))
        {
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound, $"{(int)answer.StatusCode}");
        }

        using HttpResponseMessage found = await (await _scene.AsAsync(Scene.Ana)).GetAsync(new Uri($"/api/cases/{instanceId}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, found.StatusCode);
        Assert.Empty(await _scene.FindCasesAsync(instanceId));
    }
}
