using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
using Orchestrator.Operations.Answers;

namespace Orchestrator.Operations.Webhooks;

/// <summary>
/// Stripe's word that something happened (docs.stripe.com/webhooks). It is a hint only: the case reads the refund anew. Duplicates and disorder change nothing.
/// What is not ours is answered 200, so that Stripe does not send it for three days.
/// </summary>
internal static partial class StripeWebhook
{
    private const string Tool = "stripe.webhook.take";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPost("/webhooks/stripe", TakeAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> TakeAsync(
        HttpContext context, IKeyVault vault, RefundNews news, IAuditLog audit, OperationsOptions options, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ILogger logger = loggers.CreateLogger(OperationsTelemetry.Name);
        if (await RequestBody.ReadAsync(context.Request, RequestBody.Limit, cancellationToken) is not { } body)
        {
            return Answer.Problem(Problem.TooLarge);
        }

        string? signature = context.Request.Headers["Stripe-Signature"] is [{ } one] ? one : null;
        KeyLease? key = SignedBody.CouldBe(signature, clock.GetUtcNow()) ? await vault.GetKeyAsync(KeyNames.StripeWebhook, cancellationToken) : null;
        if (key is null || !SignedBody.Verify(signature, body, key.Reveal(), clock.GetUtcNow()))
        {
            Count("unsigned", "refused");
            Unsigned(logger);
            return Answer.Problem(Problem.Unauthentic);
        }

        if (StripeEvent.Read(body) is not { } told)
        {
            return Answer.Problem(Problem.ForStatus(400));
        }

        if (told.Account is not null || (told.IsLive ?? options.LiveKeyConfigured) != options.LiveKeyConfigured)
        {
            Count(told.Type, "ignored");
            Elsewhere(logger, told.Id);
            return Results.Ok();
        }

        foreach (ToldRefund refund in told.Refunds)
        {
            // A crash after the first of several makes Stripe send the event again: telling twice is telling once.
            bool taken = refund.CaseId is { } caseId && await news.TellAsync(caseId, refund.Id, refund.Status, $"{told.Id}:{refund.Id}", CancellationToken.None);
            Told(logger, told.Type, told.Id, refund.Id, taken);
            ActArguments arguments = new ActArguments().With("event", told.Id).With("type", told.Type).With("status", refund.Status.ToString());
            string outcome = taken ? "succeeded" : "refused: no-open-case";
            AuditEntry entry = new(
                clock.GetUtcNow(), refund.CaseId, "stripe", Tool, arguments.ToJson(), [refund.Id.Value], told.RequestId, told.IdempotencyKey, key.Name, key.Version, null, outcome);
            if (!await IsOnRecordAsync(audit, entry, cancellationToken))
            {
                await audit.AppendAsync(entry, CancellationToken.None);
            }
        }

        Count(told.Type, told.Refunds.Count > 0 ? "taken" : "ignored");
        return Results.Ok();
    }

    /// <summary>Stripe delivers an event until it is answered, and sometimes again: it is on the record once.</summary>
    private static async Task<bool> IsOnRecordAsync(IAuditLog audit, AuditEntry told, CancellationToken cancellationToken) =>
        told.CaseId is { } caseId
        && await audit.ReadAsync(caseId, cancellationToken).AnyAsync(
            record => record.Entry.Tool == Tool && record.Entry.Arguments == told.Arguments && record.Entry.Objects.SequenceEqual(told.Objects), cancellationToken);

    /// <summary>Types that are none of ours count under one name: whoever sends events must not be able to make up metrics.</summary>
    private static void Count(string type, string result) =>
        OperationsTelemetry.Webhooks.Add(1, new("type", type is "unsigned" || StripeEvent.IsAboutRefunds(type) ? type : "other"), new("result", result));

    [LoggerMessage(5140, LogLevel.Warning, "A delivery to the Stripe webhook had no valid signature and was refused.")]
    private static partial void Unsigned(ILogger logger);

    [LoggerMessage(5142, LogLevel.Warning, "Event {EventId} is of another mode or account of Stripe and was ignored. Remove the endpoint there.")]
    private static partial void Elsewhere(ILogger logger, string eventId);

    [LoggerMessage(5141, LogLevel.Information, "Stripe told {Type} ({EventId}) about refund {RefundId}; a case took it: {Taken}.")]
    private static partial void Told(ILogger logger, string type, string eventId, RefundId refundId, bool taken);
}
