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
        HttpContext context, IKeyVault vault, InboxIntake intake, OperationsOptions options, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (await RequestBody.ReadAsync(context.Request, RequestBody.Limit, cancellationToken) is not { } body)
        {
            return Refused(Problem.TooLarge, "too-large");
        }

        string? signature = context.Request.Headers[SignatureHeader] is [{ } one] ? one : null;
        KeyLease? key = SignedBody.CouldBe(signature, clock.GetUtcNow()) ? await vault.GetKeyAsync(KeyNames.Inbox, cancellationToken) : null;
        if (key is null || !SignedBody.Verify(signature, body, key.Reveal(), clock.GetUtcNow()))
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

        TakenIn taken = await TakeInAsync(mail, intake, key, clock, loggers);
        context.Response.Headers.Location = "/api/cases/" + taken.CaseId;
        return Answer.Json(new InboxReceipt(taken.CaseId, (TakenInAsWord)taken.As, "/api/cases/" + taken.CaseId), OperationsJson.Default.InboxReceipt, taken.As == TakenInAs.Duplicate ? 200 : 202);
    }

    private static async Task<IResult> TakeNotificationsAsync(
        HttpContext context, string? validationToken, InboxIntake intake, OperationsOptions options, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
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

        // One that can't be fetched takes no other along; Graph sends all of them again, and those that were taken are duplicates then.
        OutsideFailureException? notFetched = null;
        foreach (GraphNotification notification in all)
        {
            try
            {
                if (notification.Resource is { Length: > 0 and <= 1_000 } resource && await mailbox.FetchAsync(resource, cancellationToken) is { } mail)
                {
                    await TakeInAsync(mail, intake, null, clock, loggers);
                }
            }
            catch (PermanentFailureException permanent)
            {
                OperationsTelemetry.Mails.Add(1, new KeyValuePair<string, object?>("result", "refused: unreadable"));
                NotFetched(loggers.CreateLogger(OperationsTelemetry.Name), permanent.Message);
            }
            catch (OutsideFailureException failure)
            {
                notFetched = failure;
            }
        }

        if (notFetched is not null)
        {
            throw notFetched;
        }

        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static async Task<TakenIn> TakeInAsync(SupportMail mail, InboxIntake intake, KeyLease? key, TimeProvider clock, ILoggerFactory loggers)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string letters = mail.Text.Length.ToString(CultureInfo.InvariantCulture);
        AuditEntry RecordOf(TakenIn taken)
        {
            string arguments = new ActArguments().With("as", taken.As.ToString()).With("text_letters", letters).ToJson();
            return new(now, taken.CaseId, "inbox", "inbox.messages.take", arguments, [], null, null, key?.Name, key?.Version, null, "succeeded");
        }

        TakenIn taken = await intake.TakeInAsync(mail, RecordOf, CancellationToken.None);
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

    [LoggerMessage(5131, LogLevel.Warning, "A notification's message can't be taken in: {Why} The others of its batch were.")]
    private static partial void NotFetched(ILogger logger, string why);
}

/// <summary>Microsoft Graph's change notifications (learn.microsoft.com/graph/api/resources/changenotificationcollection).</summary>
internal sealed record GraphNotifications(IReadOnlyList<GraphNotification>? Value);

internal sealed record GraphNotification(string? ClientState, string? ChangeType, string? Resource);
