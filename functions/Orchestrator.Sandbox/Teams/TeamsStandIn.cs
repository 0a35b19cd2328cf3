using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Teams;

/// <summary>
/// The webhook of a Workflows flow that posts adaptive cards to a channel. It answers 202 for much that Teams then never
/// shows; <c>GET /_sandbox/teams/cards</c> and the page at the root tell what became of each card.
/// </summary>
internal sealed class TeamsStandIn : IStandIn
{
    private readonly Journal _journal;
    private readonly SandboxClock _clock;
    private readonly Credentials _credentials;
    private readonly Throttle _throttle;
    private readonly ConcurrentQueue<ReceivedCard> _cards = new();

    public TeamsStandIn(string? stateFolder, SandboxClock clock, TimeProvider machine, Credentials credentials, double cardsPerSecond)
    {
        _journal = new Journal(stateFolder is null ? null : Path.Combine(stateFolder, "teams.jsonl"));
        _clock = clock;
        _credentials = credentials;
        _throttle = new Throttle(cardsPerSecond, machine);
        foreach (var fact in _journal.Past)
        {
            _cards.Enqueue(ReceivedCard.FromFact(fact));
        }
    }

    public string Name => "teams";

    public static Uri Webhook(Uri address, Credentials credentials) => new(
        address,
        $"/powerautomate/automations/direct/workflows/{credentials.TeamsWorkflow}/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={credentials.TeamsSignature}");

    public void Map(WebApplication app)
    {
        app.MapPost("/powerautomate/automations/direct/workflows/{id}/triggers/manual/paths/invoke", (RequestDelegate)PostAsync);
        app.MapGet("/", (RequestDelegate)(context => CardsPage.WriteAsync(context, [.. _cards.Reverse()])));
        app.MapGet("/_sandbox/teams/cards", (RequestDelegate)ListAsync);
        app.MapPost("/_sandbox/teams/throttle", (RequestDelegate)ThrottleAsync);
    }

    public void Dispose() => _journal.Dispose();

    private async Task PostAsync(HttpContext context)
    {
        if (CheckCaller(context) is { } refusal)
        {
            await AnswerAsync(context, refusal.Status, refusal.Code, refusal.Message);
            return;
        }

        if (!_throttle.Admits())
        {
            context.Response.Headers.RetryAfter = "1";
            await AnswerAsync(context, 429, "TooManyRequests", $"Rate limit is exceeded: more than {_throttle.PerSecond} requests a second.");
            return;
        }

        byte[]? body = await Wire.ReadAsync(context, Wire.OneMegabyte);
        if (body is null || JsonReading.ParseObject(body) is not { } message)
        {
            await AnswerAsync(context, 400, "InvalidRequestContent", "The request content is not valid and could not be deserialized.");
            return;
        }

        if (CardVerdict.HasActionsInBody(message))
        {
            await AnswerAsync(context, 400, "BadRequest", "Actions stand beside the card's body, not in it.");
            return;
        }

        var card = new ReceivedCard(Guid.NewGuid().ToString("N"), _clock.GetUtcNow(), CardVerdict.Judge(message), body.Length, message);
        _journal.Append(card.Describe());
        _cards.Enqueue(card);
        context.Response.Headers["x-ms-workflow-run-id"] = card.Id;
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private (int Status, string Code, string Message)? CheckCaller(HttpContext context)
    {
        if (!_credentials.TeamsWorkflow.Equals(context.Request.RouteValues["id"]))
        {
            return (404, "WorkflowNotFound", "The workflow could not be found.");
        }

        var query = context.Request.Query;
        string signature = query["sig"].ToString();
        if (signature.Length == 0 || query["sp"].Count == 0 || query["sv"].Count == 0)
        {
            return (401, "AuthorizationFailed", "Required parameters for shared access URL are permissions ('sp'), version ('sv'), and signature ('sig').");
        }

        bool right = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(_credentials.TeamsSignature));
        return right && query["sp"] == "/triggers/manual/run"
            ? null
            : (403, "AuthorizationFailed", "The signature of the shared access URL is not valid for this action.");
    }

    private Task ListAsync(HttpContext context) =>
        Wire.AnswerAsync(context, 200, new JsonObject { ["cards"] = new JsonArray([.. _cards.Reverse().Select(card => (JsonNode)card.Describe())]) });

    private async Task ThrottleAsync(HttpContext context)
    {
        if ((await Wire.ReadObjectAsync(context))?.Number("perSecond") is not (>= 0 and var rate))
        {
            await Wire.RefuseAsync(context, "perSecond is a number; 0 for no limit.");
            return;
        }

        _throttle.PerSecond = rate;
        await Wire.AnswerAsync(context, 200, new JsonObject { ["perSecond"] = rate });
    }

    private static Task AnswerAsync(HttpContext context, int status, string code, string message) =>
        Wire.AnswerAsync(context, status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
}
