using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Mail;

/// <summary>
/// Hands a mail to Communication Services once, whichever client carries the requests. The operation's id is the mail's own: before sending,
/// the service is asked whether it knows the operation, because it tells repeats apart by itself for some minutes only.
/// </summary>
internal sealed class CommunicationServicesHandover(ICommunicationServicesWire wire, TimeProvider clock)
{
    public const string Who = "Communication Services";

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

        OutsideAnswer answer = await wire.PostAsync(call, mail, cancellationToken);
        Note(call, answer);
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

    /// <summary>The receipt of an operation that the service knows; null when it knows none.</summary>
    private async Task<MailReceipt?> KnownAsync(ActCall call, string operation, CancellationToken cancellationToken)
    {
        OutsideAnswer answer = await wire.LookUpAsync(call, operation, cancellationToken);
        Note(call, answer);
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

    private static void Note(ActCall call, OutsideAnswer answer) => call.Answered(answer.Header("x-ms-request-id") ?? answer.Header("mise-correlation-id"));

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
        new($"Communication Services {what}.", ErrorCode(answer)) { RetryAfter = OutsideWire.RetryAfter(answer, clock) };

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
