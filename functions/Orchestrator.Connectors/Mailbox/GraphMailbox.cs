using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Identity;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Mailbox;

/// <summary>A shared mailbox through Microsoft Graph (learn.microsoft.com/graph/api/message-get, subscription-post-subscriptions).</summary>
/// <param name="htmlToText">Reads HTML as text; for messages that Graph gives as HTML although text was asked for.</param>
public sealed class GraphMailbox(GraphOptions options, TokenCredential credential, Func<string, string> htmlToText, TimeProvider clock) : IMailbox, IDisposable
{
    private const string Who = "Microsoft Graph";
    private const string Fields = "id,internetMessageId,conversationId,from,replyTo,subject,body,receivedDateTime,isDraft,internetMessageHeaders";

    /// <summary>Graph allows messages seven days; two leave time to find out that renewals fail.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    private readonly HttpClient _client = OutsideWire.CreateClient(options.BaseAddress);
    private (string Id, string ClientState, Uri Url)? _subscription;

    public async Task<SupportMail?> FetchAsync(string resource, CancellationToken cancellationToken)
    {
        if (GraphResource.MessageIn(resource, options) is not { } message)
        {
            throw new PermanentFailureException("A notification named a resource outside the configured mailbox. It was not fetched.", "foreign_resource");
        }

        // The mailbox in the address is the configured one, whatever the notification says.
        OutsideAnswer answer = await AskAsync(HttpMethod.Get, $"v1.0/users/{Uri.EscapeDataString(options.Mailbox)}/messages/{message}?$select={Fields}", body: null, cancellationToken);
        if ((int)answer.Status is 404 or 410)
        {
            return null;
        }

        JsonObject json = Read(answer, "the message");
        return json["isDraft"] is JsonValue draft && draft.TryGetValue(out bool isDraft) && isDraft ? null : Mail(json);
    }

    public async Task<DateTimeOffset> SubscribeAsync(Uri notificationUrl, string clientState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notificationUrl);
        ArgumentException.ThrowIfNullOrEmpty(clientState);
        DateTimeOffset until = clock.GetUtcNow() + Lifetime;
        if (_subscription is { } mine && mine.ClientState == clientState && mine.Url == notificationUrl)
        {
            OutsideAnswer renewed = await AskAsync(HttpMethod.Patch, $"v1.0/subscriptions/{mine.Id}", new JsonObject { ["expirationDateTime"] = Time(until) }, cancellationToken);
            if ((int)renewed.Status != 404)
            {
                return Expiry(Read(renewed, "the renewed subscription"));
            }
        }

        await RemoveStaleAsync(notificationUrl, cancellationToken);
        OutsideAnswer answer = await AskAsync(
            HttpMethod.Post,
            "v1.0/subscriptions",
            new JsonObject
            {
                ["changeType"] = "created",
                ["notificationUrl"] = notificationUrl.AbsoluteUri,
                ["resource"] = Resource,
                ["expirationDateTime"] = Time(until),
                ["clientState"] = clientState,
            },
            cancellationToken);
        JsonObject made = Read(answer, "the new subscription");
        _subscription = (Text(made, "id") ?? throw Unreadable("the new subscription"), clientState, notificationUrl);
        return Expiry(made);
    }

    public void Dispose() => _client.Dispose();

    private string Resource => $"users/{options.Mailbox}/mailFolders('inbox')/messages";

    /// <summary>Subscriptions of an earlier start: their client state is unknown here, and two would announce each mail twice.</summary>
    private async Task RemoveStaleAsync(Uri notificationUrl, CancellationToken cancellationToken)
    {
        JsonObject list = Read(await AskAsync(HttpMethod.Get, "v1.0/subscriptions", body: null, cancellationToken), "the subscriptions");
        foreach (JsonObject stale in (list["value"] as JsonArray ?? []).OfType<JsonObject>().Where(item => Text(item, "notificationUrl") == notificationUrl.AbsoluteUri))
        {
            if (Text(stale, "id") is { } id && Guid.TryParse(id, out _))
            {
                await AskAsync(HttpMethod.Delete, $"v1.0/subscriptions/{id}", body: null, cancellationToken);
            }
        }
    }

    private async Task<OutsideAnswer> AskAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));
        request.Headers.Add("Prefer", ["outlook.body-content-type=\"text\"", "IdType=\"ImmutableId\""]);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        // A second subscription announces each mail twice, which is one case all the same: nothing here needs to be reconciled.
        OutsideAnswer answer = await OutsideWire.SendAsync(_client, request, Who, options.Timeout, changesTheWorld: false, cancellationToken);
        return (int)answer.Status switch
        {
            401 or 403 => throw new PermanentFailureException($"Microsoft Graph does not let this identity into mailbox {options.Mailbox} ({(int)answer.Status} {Code(answer)}). Grant it Mail.Read for that mailbox.", Code(answer), answer.Header("request-id")),
            408 or 429 or >= 500 => throw new TransientFailureException($"Microsoft Graph could not answer ({(int)answer.Status}).", Code(answer), answer.Header("request-id")) { RetryAfter = OutsideWire.RetryAfter(answer, clock) },
            _ => answer,
        };
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await credential.GetTokenAsync(new TokenRequestContext(["https://graph.microsoft.com/.default"]), cancellationToken)).Token;
        }
        catch (AuthenticationFailedException exception)
        {
            throw new PermanentFailureException("Azure did not give a token for Microsoft Graph. Check the managed identity, or sign in with 'az login'.", "authentication_failed", inner: exception);
        }
    }

    private SupportMail Mail(JsonObject json)
    {
        string id = Text(json, "internetMessageId") ?? Text(json, "id") ?? throw Unreadable("the message");
        JsonObject? sender = (json["from"] as JsonObject)?["emailAddress"] as JsonObject;
        JsonObject? replyTo = ((json["replyTo"] as JsonArray)?.FirstOrDefault() as JsonObject)?["emailAddress"] as JsonObject;
        JsonObject? body = json["body"] as JsonObject;
        string content = Text(body, "content") ?? "";
        string from = Text(sender, "address") ?? throw Unreadable("the message's sender");
        return new(
            id,
            Text(json, "conversationId") ?? id,
            new(Text(sender, "name"), from),
            Text(replyTo, "address"),
            Text(json, "subject") ?? "",
            string.Equals(Text(body, "contentType"), "html", StringComparison.OrdinalIgnoreCase) ? htmlToText(content) : content,
            DateTimeOffset.TryParse(Text(json, "receivedDateTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : clock.GetUtcNow())
        {
            Proof = SenderAuthentication.Read(Headers(json), from),
        };
    }

    private static IEnumerable<(string Name, string Value)> Headers(JsonObject message) =>
        from header in (message["internetMessageHeaders"] as JsonArray ?? []).OfType<JsonObject>()
        select (Text(header, "name") ?? "", Text(header, "value") ?? "");

    private static DateTimeOffset Expiry(JsonObject subscription) =>
        DateTimeOffset.TryParse(Text(subscription, "expirationDateTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset until) ? until : throw Unreadable("the subscription's expiry");

    private static JsonObject Read(OutsideAnswer answer, string what)
    {
        if (!answer.IsSuccess)
        {
            throw new PermanentFailureException($"Microsoft Graph refused {what} ({(int)answer.Status} {Code(answer)}).", Code(answer), answer.Header("request-id"));
        }

        try
        {
            return JsonNode.Parse(answer.Body) as JsonObject ?? throw Unreadable(what);
        }
        catch (JsonException)
        {
            throw Unreadable(what);
        }
    }

    private static string Code(OutsideAnswer answer)
    {
        try
        {
            return Text((JsonNode.Parse(answer.Body) as JsonObject)?["error"] as JsonObject, "code") ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static TransientFailureException Unreadable(string what) => new($"Microsoft Graph gave an answer in which {what} can't be read.", "unreadable_answer");

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Text(JsonObject? json, string name) => json?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
