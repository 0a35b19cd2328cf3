using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;
using OpenAI;
using OpenAI.Chat;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Tests.Hosting;

namespace Orchestrator.Sandbox.Tests.Models;

/// <summary>Judged by OpenAI's own client.</summary>
public sealed class ModelsStandInTests : IAsyncLifetime
{
    private RunningSandbox _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { ModelsPort = 0 });

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Complete_Unscripted_SaysItIsUnsureInTheShapeAskedFor()
    {
        const string Schema = """
            {"type":"object","additionalProperties":false,"required":["isRefundRequest","references","amount","reason","confidence","verdict"],
             "properties":{"isRefundRequest":{"type":"boolean"},"references":{"type":"array","items":{"type":"string"}},"amount":{"type":["integer","null"]},
              "reason":{"type":"string"},"confidence":{"type":"number"},"verdict":{"type":"string","enum":["refund","unsure","other"]}}}
            """;
        var options = new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("reading", BinaryData.FromString(Schema), jsonSchemaIsStrict: true) };

        ChatCompletion completion = await Client().CompleteChatAsync([new UserChatMessage("<customer>I want my money back</customer>")], options);

        Assert.Equal(
            """{"isRefundRequest":false,"references":[],"amount":null,"reason":"unsure","confidence":0,"verdict":"unsure"}""",
            completion.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
    }

    [Fact]
    public async Task Complete_WithoutASchema_SaysItIsUnsureInTheUsualFields()
    {
        ChatCompletion completion = await Client().CompleteChatAsync("Anything");

        var reading = JsonNode.Parse(completion.Content[0].Text)!.AsObject();
        Assert.Equal(["isRefundRequest", "references", "amount", "currency", "reason", "confidence"], reading.Select(member => member.Key));
        Assert.Null(reading["isRefundRequest"]);
    }

    [Fact]
    public async Task Complete_Scripted_MatchesFirst_ThenTheQueueInOrder()
    {
        await _sandbox.PostAsync(At, "/_sandbox/models/replies", new JsonObject { ["replies"] = new JsonArray("one", new JsonObject { ["n"] = 2 }) });
        await _sandbox.PostAsync(At, "/_sandbox/models/replies", new JsonObject { ["match"] = "order 77", ["reply"] = "seventy-seven" });

        Assert.Equal("one", await AskAsync("hello"));
        Assert.Equal("seventy-seven", await AskAsync("about Order 77"));
        Assert.Equal("""{"n":2}""", await AskAsync("hello"));
        Assert.Contains("unsure", await AskAsync("hello"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_AreKeptExactly_AndUsageIsCountedPerKey()
    {
        await _sandbox.PostAsync(At, "/_sandbox/models/keys", new JsonObject { ["key"] = "sk-other", ["name"] = "other", ["requestLimit"] = 1 });
        await AskAsync("write to [EMAIL_1], not to ana@customer.example");
        await Client("sk-other").CompleteChatAsync("once");

        var quota = await Assert.ThrowsAsync<ClientResultException>(() => Client("sk-other").CompleteChatAsync("twice"));

        Assert.Equal(429, quota.Status);
        var requests = (await _sandbox.GetAsync(At, "/_sandbox/models/requests"))["requests"]!.AsArray();
        Assert.Equal(2, requests.Count);
        Assert.Equal("write to [EMAIL_1], not to ana@customer.example", requests[0]!["request"]!["messages"]![0]!["content"]!.GetValue<string>());
        var usage = (await _sandbox.GetAsync(At, "/_sandbox/models/usage"))["usage"]!.AsArray();
        Assert.Equal(["default", "other"], usage.Select(one => one!["key"]!.GetValue<string>()));
        Assert.All(usage, one => Assert.Equal(1, one!["requests"]!.GetValue<int>()));
        Assert.All(usage, one => Assert.True(one!["promptTokens"]!.GetValue<int>() > 0));
    }

    [Theory]
    [InlineData("sk-wrong", ModelName, 401)]
    [InlineData(null, "gpt-nonexistent", 404)]
    public async Task Complete_WithAWrongKeyOrModel_IsRefused(string? key, string model, int status)
    {
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => Client(key, model).CompleteChatAsync("hello"));

        Assert.Equal(status, refused.Status);
    }

    [Fact]
    public async Task Models_AreListed()
    {
        var models = await OpenAi(_sandbox.At.Models!.Key).GetOpenAIModelClient().GetModelsAsync();

        Assert.Equal(_sandbox.At.Models.Model, Assert.Single(models.Value).Id);
    }

    private const string ModelName = "sandbox-reader";

    private Uri At => _sandbox.At.Models!.Address;

    private ChatClient Client(string? key = null, string model = ModelName) => OpenAi(key ?? _sandbox.At.Models!.Key).GetChatClient(model);

    private OpenAIClient OpenAi(string key) => new(new ApiKeyCredential(key), new OpenAIClientOptions
    {
        Endpoint = _sandbox.At.Models!.Address,
        Transport = new HttpClientPipelineTransport(_sandbox.Client),
        RetryPolicy = new ClientRetryPolicy(0),
    });

    private async Task<string> AskAsync(string prompt) => (await Client().CompleteChatAsync(prompt)).Value.Content[0].Text;
}
