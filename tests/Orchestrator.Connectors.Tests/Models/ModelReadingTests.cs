using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Understanding;
using Orchestrator.Connectors.Models;
using Orchestrator.Connectors.Tests.Wire;

namespace Orchestrator.Connectors.Tests.Models;

public sealed class ModelReadingTests
{
    private static readonly SupportMail Mail = new(
        "m1", "t1", new("Ana Pérez", "ana@example.com"), null, "Refund please", "Hello, order SO-4411 for 99,90 € arrived broken, call me at 555-0100. Please refund 1 250,50 EUR of it... no, 20.00 EUR. Ana Pérez", DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task Read_ClearRequest_IsWhatTheMailSays()
    {
        await using WireServer server = await GatewayAsync(Answer(references: ["SO-4411", "ch_madeup99"], total: "99.90"));
        ActCall call = Call();

        var request = Assert.IsType<Reading.RefundRequest>(await ReadAsync(server, call));

        Assert.Equal(["SO-4411"], request.References);
        Assert.Equal("EUR 99.90", request.StatedTotal.ToString());
        Assert.Null(request.Part);
        Assert.Equal((RefundReason.Defective, 0.95), (request.Reason, request.Confidence));
        Assert.Equal($"gw-large-2026@{server.Address.Authority}", request.ReadBy);
        Assert.Equal((request.ReadBy, "chatcmpl-1"), (call.ModelRoute, call.RequestId));
        Assert.Equal([MailNotice.ThreatensDispute], request.Notices);
    }

    [Fact]
    public async Task Read_Request_ShowsTheModelOnlyRedactedFencedWordsAndASchema()
    {
        await using WireServer server = await GatewayAsync(Answer());
        await ReadAsync(server, Call());

        WireRequest asked = server.Only;
        Assert.Equal(("/v1/chat/completions", "Bearer vk-test"), (asked.Path, asked.Headers["Authorization"]));
        Assert.DoesNotContain("Ana", asked.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("555-0100", asked.Body, StringComparison.Ordinal);
        JsonNode body = JsonNode.Parse(asked.Body)!;
        Assert.Equal("large", (string?)body["model"]);
        string words = (string)body["messages"]![1]!["content"]!;
        Assert.StartsWith("<words>", words, StringComparison.Ordinal);
        Assert.EndsWith("</words>", words, StringComparison.Ordinal);
        Assert.Equal("json_schema", (string?)body["response_format"]!["type"]);
        Assert.True((bool)body["response_format"]!["json_schema"]!["strict"]!);
    }

    [Theory]
    [InlineData("20.00", "EUR", "99.90", "EUR", "EUR 20.00")]
    [InlineData("20", "eur", null, null, "EUR 20.00")]
    public async Task Read_PartThatTheMailStates_IsThePart(string part, string currency, string? total, string? totalCurrency, string expected)
    {
        await using WireServer server = await GatewayAsync(Answer(part: part, partCurrency: currency, total: total, totalCurrency: totalCurrency));
        Assert.Equal(expected, Assert.IsType<Reading.RefundRequest>(await ReadAsync(server, Call())).Part.ToString());
    }

    [Theory]
    [InlineData("30.00", "EUR", null)]
    [InlineData("20.00", "GBP", null)]
    [InlineData("20.00", null, null)]
    [InlineData("-20.00", "EUR", null)]
    [InlineData("20.001", "EUR", null)]
    [InlineData("1250.50", "EUR", "99.90")]
    public async Task Read_PartThatTheMailDoesNotStateSo_IsForAPerson(string part, string? currency, string? total)
    {
        await using WireServer server = await GatewayAsync(Answer(part: part, partCurrency: currency, total: total));
        Assert.Equal(ReadingDoubt.Unsure, Assert.IsType<Reading.ForAPerson>(await ReadAsync(server, Call())).Doubt);
    }

    public static TheoryData<string, ReadingDoubt> Doubts => new()
    {
        { Answer(confidence: 0.79), ReadingDoubt.Unsure },
        { Answer(confidence: 1.7), ReadingDoubt.Unsure },
        { Answer(isRequest: false), ReadingDoubt.NotARefundRequest },
        { Answer(instructs: true), ReadingDoubt.InstructsTheAgent },
        { "I think this is a refund request.", ReadingDoubt.Unsure },
        { "{}", ReadingDoubt.Unsure },
        { Answer().Replace("Defective", "BecauseISaySo", StringComparison.Ordinal), ReadingDoubt.Unsure },
        { Answer().Replace("\"confidence\"", "\"approve_now\":true,\"confidence\"", StringComparison.Ordinal), ReadingDoubt.Unsure },
        { Answer()[..^1], ReadingDoubt.Unsure },
    };

    [Theory]
    [MemberData(nameof(Doubts))]
    public async Task Read_AnyDoubt_IsForAPerson(string content, ReadingDoubt expected)
    {
        await using WireServer server = await GatewayAsync(content);
        Assert.Equal(expected, Assert.IsType<Reading.ForAPerson>(await ReadAsync(server, Call())).Doubt);
    }

    [Theory]
    [InlineData("length", null)]
    [InlineData("content_filter", null)]
    [InlineData("stop", "I can't help with that.")]
    public async Task Read_ModelThatStoppedOrRefused_IsForAPerson(string finish, string? refusal)
    {
        await using WireServer server = await WireServer.StartAsync(200, Completion(Answer(), finish, refusal));
        Assert.IsType<Reading.ForAPerson>(await ReadAsync(server, Call()));
    }

    [Fact]
    public async Task Read_RulesSayItInstructsTheAgent_NeverReachesTheModel()
    {
        await using WireServer server = await GatewayAsync(Answer());
        var hostile = new Reading.ForAPerson(ReadingDoubt.InstructsTheAgent, "It speaks to the agent.", 1, "rules", [MailNotice.InstructsTheAgent]);

        Assert.Same(hostile, await ReadAsync(server, Call(), hostile));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(401, typeof(PermanentFailureException))]
    [InlineData(404, typeof(PermanentFailureException))]
    [InlineData(400, typeof(PermanentFailureException))]
    [InlineData(429, typeof(TransientFailureException))]
    [InlineData(503, typeof(TransientFailureException))]
    public async Task Read_GatewayRefuses_IsTheRightFailure(int status, Type expected)
    {
        await using WireServer server = await WireServer.StartAsync(status, """{"error":{"message":"Ana Pérez wrote vk-test","type":"x"}}""", ("Retry-After", "2"));
        Exception failure = (await Record.ExceptionAsync(() => ReadAsync(server, Call())))!;
        Assert.IsType(expected, failure);
        Assert.DoesNotContain("Ana", failure.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"choices":[]}""")]
    public async Task Read_GatewayAnswersRubbish_IsTransientOrForAPerson(string body)
    {
        await using WireServer server = await WireServer.StartAsync(200, body);
        Reading? reading = null;
        Exception? failure = await Record.ExceptionAsync(async () => reading = await ReadAsync(server, Call()));
        Assert.True(failure is TransientFailureException || reading is Reading.ForAPerson, $"{failure} {reading}");
    }

    [Fact]
    public async Task Read_NobodyThere_IsTransient()
    {
        using var reading = new ModelReading(new(new(WireServer.NobodyThere(), "v1"), "large"), Words, new FixedReading(Unsure));
        await Assert.ThrowsAsync<TransientFailureException>(() => reading.ReadAsync(Mail, Call(), default));
    }

    private static readonly Reading Unsure = new Reading.ForAPerson(ReadingDoubt.Unsure, "unsure", 0, "rules", [MailNotice.ThreatensDispute]);

    private static ModelWords Words => new(
        text => text,
        (text, names) => new(names.OfType<string>().Append("555-0100").Aggregate(text, (rest, name) => rest.Replace(name, "[X]", StringComparison.Ordinal)), text => text),
        text => new($"<words>\n{text}\n</words>", "words"));

    private static async Task<Reading> ReadAsync(WireServer server, ActCall call, Reading? rules = null)
    {
        using var reading = new ModelReading(new(new Uri(server.Address, "v1"), "large"), Words, new FixedReading(rules ?? Unsure));
        return await reading.ReadAsync(Mail, call, default);
    }

    private static ActCall Call() => new(new(KeyNames.Model, "v1", "vk-test"));

    private static Task<WireServer> GatewayAsync(string content) => WireServer.StartAsync(200, Completion(content));

    private static string Completion(string content, string finish = "stop", string? refusal = null) => new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion",
        ["created"] = 1790000000,
        ["model"] = "gw-large-2026",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["finish_reason"] = finish,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = refusal is null ? content : null, ["refusal"] = refusal },
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["completion_tokens"] = 1, ["total_tokens"] = 2 },
    }.ToJsonString();

    private static string Answer(bool isRequest = true, double confidence = 0.95, bool instructs = false, string[]? references = null, string? part = null, string? partCurrency = null, string? total = null, string? totalCurrency = "eur") =>
        JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["is_refund_request"] = isRequest,
            ["confidence"] = confidence,
            ["instructs_the_reader"] = instructs,
            ["references"] = references ?? ["SO-4411"],
            ["part_amount"] = part,
            ["part_currency"] = partCurrency,
            ["total_amount"] = total,
            ["total_currency"] = totalCurrency,
            ["reason"] = "Defective",
        });

    private sealed class FixedReading(Reading reading) : IMailReading
    {
        public bool UsesModel => false;

        public Task<Reading> ReadAsync(SupportMail mail, ActCall? call, CancellationToken cancellationToken) => Task.FromResult(reading);
    }
}
