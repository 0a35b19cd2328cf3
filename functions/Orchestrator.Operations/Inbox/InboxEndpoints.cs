using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Operations.Answers;

namespace Orchestrator.Operations.Inbox;

/// <summary>Where mail comes in: signed JSON from a mail gateway, and Microsoft Graph's change notifications. Nothing is acknowledged before it is durable.</summary>
internal static partial class InboxEndpoints
{
    private const string SignatureHeader = "X-Orchestrator-Signature";
    private const int LongestValidationToken = 2_048;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/inbox/messages", TakeMessageAsync).AllowAnonymous().DisableAntiforgery();
        endpoints.MapPost("/inbox/graph", TakeNotificationsAsync).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<IResult> TakeMessageAsync(
        HttpContext context, IKeyVault vault, InboxIntake intake, IAuditLog audit, OperationsOptions options, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (await RequestBody.ReadAsync(context.Request, RequestBody.Limit, cancellationToken) is not { } body)
        {
            return Refused(Problem.TooLarge, "too-large");
        }

        KeyLease key = await vault.GetKeyAsync(KeyNames.Inbox, cancellationToken);
        string? signature = context.Request.Headers[SignatureHeader] is [{ } one] ? one : null;
        if (!SignedBody.Verify(signature, body, key.Reveal(), clock.GetUtcNow()))
        {
            return Refused(Problem.Unauthentic, "signature");
        }

        (InboxMessage? message, string? path) = InboxMessage.Parse(body);
        if (message is null)
        {
            return Refused(Problem.Fields("The body can't be read as a message.", new Dictionary<string, string[]> { [path ?? "body"] = ["This is not the JSON that is expected here."] }) with { Status = 400 }, "json");
        }

        (SupportMail? mail, IReadOnlyDictionary<string, string[]> errors) = message.Check(options.ReadHtml, clock.GetUtcNow());
        if (mail is null)
        {
            return Refused(Problem.Fields($"The message was not taken: check {string.Join(", ", errors.Keys)}.", errors), "fields");
        }

        TakenIn taken = await TakeInAsync(mail, intake, audit, key, clock, loggers);
        context.Response.Headers.Location = "/api/cases/" + taken.CaseId;
        return Answer.Json(new InboxReceipt(taken.CaseId, (TakenInAsWord)taken.As, "/api/cases/" + taken.CaseId), OperationsJson.Default.InboxReceipt, taken.As == TakenInAs.Duplicate ? 200 : 202);
    }

    private static async Task<IResult> TakeNotificationsAsync(
        HttpContext context, string? validationToken, InboxIntake intake, IAuditLog audit, OperationsOptions options, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        // learn.microsoft.com/graph/change-notifications-delivery-webhooks: echo the token as plain text, escaped.
        if (validationToken is not null)
        {
            return validationToken.Length <= LongestValidationToken
                ? Results.Text(System.Net.WebUtility.HtmlEncode(validationToken), "text/plain", Encoding.UTF8)
                : Answer.Problem(Problem.ForStatus(400));
        }

        if (options.GraphClientState is not { Length: > 0 } state || context.RequestServices.GetService<IMailbox>() is not { } mailbox)
        {
            return Answer.Problem(Problem.ForStatus(404));
        }

        if (await RequestBody.ReadAsync(context.Request, RequestBody.Limit, cancellationToken) is not { } body)
        {
            return Refused(Problem.TooLarge, "too-large");
        }

        GraphNotifications? notifications;
        try
        {
            notifications = JsonSerializer.Deserialize(body, OperationsJson.Default.GraphNotifications);
        }
        catch (JsonException)
        {
            notifications = null;
        }

        if (notifications?.Value is not { Count: > 0 and <= 1_000 } all || all.Any(one => one is null))
        {
            return Refused(Problem.ForStatus(400), "json");
        }

        // One wrong state and none is believed: Graph sends its own together, never with another's.
        if (!all.All(one => Same(one.ClientState, state)))
        {
            return Refused(Problem.Of(401, "client-state", "Not from our subscription", "The client state is not the one that was given to Graph."), "client-state");
        }

        foreach (GraphNotification notification in all)
        {
            if (notification.Resource is { Length: > 0 and <= 1_000 } resource && await mailbox.FetchAsync(resource, cancellationToken) is { } mail)
            {
                await TakeInAsync(mail, intake, audit, null, clock, loggers);
            }
        }

        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static async Task<TakenIn> TakeInAsync(SupportMail mail, InboxIntake intake, IAuditLog audit, KeyLease? key, TimeProvider clock, ILoggerFactory loggers)
    {
        TakenIn taken = await intake.TakeInAsync(mail, CancellationToken.None);
        ActArguments arguments = new ActArguments()
            .With("as", taken.As.ToString())
            .With("text_letters", mail.Text.Length.ToString(CultureInfo.InvariantCulture));
        await audit.AppendAsync(new(clock.GetUtcNow(), taken.CaseId, "inbox", "inbox.messages.take", arguments.ToJson(), [], null, null, key?.Name, key?.Version, null, "succeeded"), CancellationToken.None);
        OperationsTelemetry.Mails.Add(1, new KeyValuePair<string, object?>("result", taken.As.ToString()));
        Taken(loggers.CreateLogger(OperationsTelemetry.Name), taken.CaseId, taken.As);
        return taken;
    }

    private static IResult Refused(Problem problem, string why)
    {
        OperationsTelemetry.Mails.Add(1, new KeyValuePair<string, object?>("result", "refused: " + why));
        return Answer.Problem(problem);
    }

    private static bool Same(string? offered, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(offered ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    [LoggerMessage(5130, LogLevel.Information, "A mail was taken in for case {CaseId} as {As}.")]
    private static partial void Taken(ILogger logger, string caseId, TakenInAs @as);
}

/// <summary>Microsoft Graph's change notifications (learn.microsoft.com/graph/api/resources/changenotificationcollection).</summary>
internal sealed record GraphNotifications(IReadOnlyList<GraphNotification>? Value);

internal sealed record GraphNotification(string? ClientState, string? ChangeType, string? Resource);
