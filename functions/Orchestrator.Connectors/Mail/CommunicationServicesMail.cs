using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Mail;

/// <summary>
/// Mail through Azure Communication Services (learn.microsoft.com/rest/api/communication/email/email/send). The operation's id is the mail's own: before sending,
/// the service is asked whether it knows the operation, because it tells repeats apart by itself for some minutes only.
/// </summary>
public sealed class CommunicationServicesMail : IMailSender, IDisposable
{
    private const string Version = "2025-09-01";
    private const string Who = "Communication Services";

    private readonly CommunicationServicesOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public CommunicationServicesMail(CommunicationServicesOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock) = (options, clock);
        _client = OutsideWire.CreateClient(options.Endpoint);
    }

    public async Task<MailReceipt> SendAsync(ActCall call, OutgoingMail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(mail);
        MailHeaders.Check(mail);
        string operation = mail.OperationId.ToString();
        if (await KnownAsync(call, operation, cancellationToken) is { } known)
        {
            return known;
        }

        OutsideAnswer answer = await AskAsync(call, HttpMethod.Post, "emails:send", Message(mail).ToJsonString(), operation, cancellationToken);
        switch ((int)answer.Status)
        {
            case >= 200 and < 300:
                return Receipt(call, answer, operation)
                    ?? throw OutsideWire.NoAnswer(Who, "the answer to the mail can't be read", "unreadable_answer", changesTheWorld: true, inner: null, call.RequestId);
            case 409:
                // The first of two sendings is still on its way, or was made: what counts is whether the operation is known.
                return await KnownAsync(call, operation, cancellationToken)
                    ?? throw Transient(answer, "is busy with this very mail");
            case >= 500:
                throw OutsideWire.NoAnswer(Who, $"the mail was answered with {(int)answer.Status}", ErrorCode(answer), changesTheWorld: true, inner: null, call.RequestId);
            default:
                throw Failure(call.Key, answer);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The receipt of an operation that the service knows; null when it knows none.</summary>
    private async Task<MailReceipt?> KnownAsync(ActCall call, string operation, CancellationToken cancellationToken)
    {
        OutsideAnswer answer = await AskAsync(call, HttpMethod.Get, $"emails/operations/{operation}", body: null, operation: null, cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (!answer.IsSuccess)
        {
            throw (int)answer.Status >= 500 ? Transient(answer, $"failed with {(int)answer.Status}") : Failure(call.Key, answer);
        }

        JsonObject? known = Json(answer);
        return Text(known, "status") is "Failed" or "Canceled"
            ? throw new RefusedException($"Communication Services took mail {operation} before and could not deliver it.", Text(known?["error"] as JsonObject, "code") ?? "Failed", call.RequestId)
            : Receipt(call, answer, operation) ?? throw Transient(answer, "gave an answer that can't be read");
    }

    private async Task<OutsideAnswer> AskAsync(ActCall call, HttpMethod method, string path, string? body, string? operation, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_options.Endpoint, $"./{path}?api-version={Version}"));
        byte[] content = Encoding.UTF8.GetBytes(body ?? "");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        if (operation is not null)
        {
            request.Headers.Add("Operation-Id", operation);
        }

        HmacSigning.Sign(request, content, call.Key, _clock.GetUtcNow());
        OutsideAnswer answer = await OutsideWire.SendAsync(_client, request, Who, _options.Timeout, changesTheWorld: method == HttpMethod.Post, cancellationToken);
        call.Answered(answer.Header("x-ms-request-id") ?? answer.Header("mise-correlation-id"));
        return answer;
    }

    private JsonObject Message(OutgoingMail mail)
    {
        var headers = new JsonObject { ["Message-ID"] = $"<{mail.OperationId}@{_options.Sender.Split('@')[1]}>" };
        if (MailHeaders.InReplyTo(mail) is { } original)
        {
            headers["In-Reply-To"] = original;
            headers["References"] = original;
        }

        var recipient = new JsonObject { ["address"] = mail.To };
        if (!string.IsNullOrWhiteSpace(mail.ToName))
        {
            recipient["displayName"] = mail.ToName;
        }

        return new()
        {
            ["senderAddress"] = _options.Sender,
            ["content"] = new JsonObject { ["subject"] = mail.Subject, ["plainText"] = mail.Text },
            ["recipients"] = new JsonObject { ["to"] = new JsonArray(recipient) },
            ["headers"] = headers,
            ["userEngagementTrackingDisabled"] = true,
        };
    }

    private static MailReceipt? Receipt(ActCall call, OutsideAnswer answer, string operation)
    {
        if (Text(Json(answer), "id") is not { Length: > 0 } id || !string.Equals(id, operation, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        call.Saw(id);
        return new(id);
    }

    private OutsideFailureException Failure(KeyLease key, OutsideAnswer answer) => (int)answer.Status switch
    {
        401 or 403 => new PermanentFailureException($"Communication Services does not accept key '{key.Name}' (version {key.Version}), or this machine's clock is wrong. Store the resource's access key (the part after accesskey=) as a new version of '{key.Name}'.", ErrorCode(answer)),
        404 => new PermanentFailureException($"Communication Services knows no mail interface at Mail:Endpoint, or the domain of Mail:Sender is not linked to the resource ({ErrorCode(answer)}). Check both in the Azure portal.", ErrorCode(answer)),
        408 or 429 => Transient(answer, "is limiting mails"),
        >= 300 and < 400 => new PermanentFailureException("Communication Services answered with a redirect, which is never followed. Check Mail:Endpoint.", "redirect"),
        _ => new RefusedException($"Communication Services refused the mail ({(int)answer.Status} {ErrorCode(answer)}). Check that Mail:Sender belongs to a verified domain of the resource and that the recipient exists.", ErrorCode(answer)),
    };

    private TransientFailureException Transient(OutsideAnswer answer, string what) =>
        new($"Communication Services {what}.", ErrorCode(answer)) { RetryAfter = OutsideWire.RetryAfter(answer, _clock) };

    /// <summary>The code alone: messages may repeat the recipient's address.</summary>
    private static string ErrorCode(OutsideAnswer answer) =>
        Text(Json(answer)?["error"] as JsonObject, "code") ?? ((int)answer.Status).ToString(CultureInfo.InvariantCulture);

    private static JsonObject? Json(OutsideAnswer answer)
    {
        try
        {
            return JsonNode.Parse(answer.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject? json, string name) => json?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
