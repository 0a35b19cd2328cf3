using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Graph;

/// <summary>
/// Microsoft Graph for one shared mailbox: subscriptions with the validation handshake, messages, change notifications.
/// A notification goes to loopback only. <c>POST /_sandbox/graph/messages</c> lets a mail arrive.
/// </summary>
internal sealed class GraphStandIn : IStandIn
{
    private readonly Journal _journal;
    private readonly SandboxClock _clock;
    private readonly Subscriptions _subscriptions;
    private readonly MailboxMessages _messages;
    private readonly Notifier _notifier;
    private readonly byte[] _token;
    private readonly string _mailbox;

    public GraphStandIn(string? stateFolder, SandboxClock clock, Credentials credentials, string mailbox)
    {
        _journal = new Journal(stateFolder is null ? null : Path.Combine(stateFolder, "graph.jsonl"));
        _clock = clock;
        _subscriptions = new Subscriptions(_journal, clock);
        _messages = new MailboxMessages(_journal);
        _notifier = new Notifier(credentials.TenantId);
        _token = Encoding.UTF8.GetBytes(credentials.GraphToken);
        _mailbox = mailbox;
    }

    public string Name => "graph";

    public void Map(WebApplication app)
    {
        new SubscriptionRoutes(_subscriptions, _notifier, _clock).Map(app, Guarded);
        app.MapGet("/v1.0/users/{mailbox}/messages/{id}", Guarded(GetAsync));
        app.MapGet("/v1.0/users/{mailbox}/messages", Guarded(ListAsync));
        app.MapGet("/v1.0/users/{mailbox}/mailFolders/{folder}/messages", Guarded(ListAsync));
        app.MapPost("/_sandbox/graph/messages", (RequestDelegate)ArriveAsync);
        app.MapGet("/_sandbox/graph/messages", (RequestDelegate)(context =>
            Wire.AnswerAsync(context, 200, new JsonObject { ["messages"] = new JsonArray([.. _messages.Since(DateTimeOffset.MinValue)]) })));
        app.MapGet("/_sandbox/graph/subscriptions", (RequestDelegate)(context =>
            Wire.AnswerAsync(context, 200, new JsonObject { ["subscriptions"] = new JsonArray([.. _subscriptions.Live.Select(one => (JsonNode)one.Describe())]) })));
    }

    public void Dispose()
    {
        _notifier.Dispose();
        _journal.Dispose();
    }

    private RequestDelegate Guarded(RequestDelegate act) => context =>
    {
        string? token = Wire.BearerToken(context);
        if (token is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), _token))
        {
            return GraphErrors.UnauthorizedAsync(context, token is not null, _clock.GetUtcNow());
        }

        return context.Request.RouteValues["mailbox"] is string mailbox && !mailbox.Equals(_mailbox, StringComparison.OrdinalIgnoreCase)
            ? GraphErrors.NoMailboxAsync(context, mailbox, _clock.GetUtcNow())
            : act(context);
    };

    private Task GetAsync(HttpContext context)
    {
        if (_messages.Find((string)context.Request.RouteValues["id"]!) is not { } message)
        {
            return GraphErrors.NoMessageAsync(context, _clock.GetUtcNow());
        }

        var answer = MessageQuery.Select(message, context.Request.Query["$select"].ToString());
        answer.Insert(0, "@odata.context", $"https://graph.microsoft.com/v1.0/$metadata#users('{_mailbox}')/messages/$entity");
        return Wire.AnswerAsync(context, 200, answer);
    }

    private Task ListAsync(HttpContext context) => MessageQuery.Read(context.Request.Query) is { } query
        ? Wire.AnswerAsync(context, 200, query.Page(_messages, context, _mailbox))
        : GraphErrors.InvalidAsync(context, "The sandbox knows $filter=receivedDateTime ge <time>, $orderby=receivedDateTime [desc|asc], $top, $skip and $select.", _clock.GetUtcNow());

    /// <summary>
    /// The mail as <see cref="IncomingMail"/> reads it, and <c>"notify":{"duplicates":n,"wrongClientState":true,"silent":true}</c>.
    /// Answers once every subscriber was told.
    /// </summary>
    private async Task ArriveAsync(HttpContext context)
    {
        var mail = await Wire.ReadObjectAsync(context);
        if (mail is null || IncomingMail.Read(mail, _mailbox, _clock.GetUtcNow()) is not { } message)
        {
            await Wire.RefuseAsync(context, "A mail is a JSON object with from: an address, or {\"name\": …, \"address\": …}.");
            return;
        }

        _messages.Add(message);
        var notify = mail.Child("notify") ?? [];
        var told = new JsonArray();
        foreach (var subscription in notify.Flag("silent") == true ? [] : _subscriptions.Live)
        {
            for (long i = 0; i <= (notify.Whole("duplicates") ?? 0); i++)
            {
                int status = await _notifier.NotifyAsync(subscription, message, _mailbox, notify.Flag("wrongClientState") ?? false, context.RequestAborted);
                told.Add(new JsonObject { ["subscriptionId"] = subscription.Id, ["status"] = status });
            }
        }

        await Wire.AnswerAsync(context, 201, new JsonObject
        {
            ["id"] = message.Text("id"),
            ["internetMessageId"] = message.Text("internetMessageId"),
            ["conversationId"] = message.Text("conversationId"),
            ["notified"] = told,
        });
    }
}
