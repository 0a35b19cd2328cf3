using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Payments;
using Orchestrator.Operations.Answers;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations.Approvals;

/// <summary>Approvals for programs. Reading takes any sign-in or token; deciding takes a person.</summary>
internal static class ApprovalApi
{
    private const int MostDone = 200;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        string reads = RoleRequirement.PolicyName(Role.ApprovalReader);
        endpoints.MapGet("/api/approvals", ListAsync).RequireAuthorization(reads);
        endpoints.MapGet("/api/approvals/{id}", ShowAsync).RequireAuthorization(reads);
        endpoints.MapPost("/api/approvals/{id}/decision", DecideAsync).RequireAuthorization(RoleRequirement.PolicyName(Role.Approver)).AddEndpointFilter<SameSite>();
    }

    private static async Task<IResult> ListAsync(string? state, IApprovalStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (state is not (null or "open" or "done"))
        {
            return Answer.Problem(Problem.Fields("The state is unknown.", new Dictionary<string, string[]> { ["state"] = ["Either open or done."] }));
        }

        IEnumerable<ApprovalRound> rounds = state == "done"
            ? await store.ListConcludedAsync(MostDone, cancellationToken)
            : (await store.ListAsync(null, cancellationToken)).Where(round => round.IsOpen).OrderBy(round => round.DecideBy);
        DateTimeOffset now = clock.GetUtcNow();
        return Answer.Json(new ApprovalList([.. rounds.Select(round => ApprovalSummary.Of(round, now))]), OperationsJson.Default.ApprovalList);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, ApprovalReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(id, context, cancellationToken) is { } view
            ? Answer.Json(ApprovalDetail.Of(view), OperationsJson.Default.ApprovalDetail)
            : Answer.Problem(Problem.NotFound("approval", id));

    private static async Task<IResult> DecideAsync(string id, HttpContext context, IApprovalStore store, ApprovalDesk desk, People people, TimeProvider clock, CancellationToken cancellationToken)
    {
        (DecisionRequest? request, Problem? wrong) = await ApiBody.ReadAsync(context.Request, OperationsJson.Default.DecisionRequest, cancellationToken);
        if (request is null)
        {
            return Answer.Problem(wrong!);
        }

        if (people.From(context.User) is not { } person)
        {
            return Answer.Problem(Problem.ForStatus(403));
        }

        if (await store.FindAsync(id, cancellationToken) is not { } round)
        {
            return Answer.Problem(Problem.NotFound("approval", id));
        }

        (DecisionCommand? command, string field, string sentence) = request.ToCommand(round.Proposal);
        if (command is null)
        {
            return Answer.Problem(Problem.Fields(sentence, new Dictionary<string, string[]> { [field] = [sentence] }));
        }

        DecisionAnswer answer = await desk.DecideAsync(id, person, command, CancellationToken.None);
        OperationsTelemetry.Decisions.Add(1, new("kind", command.Kind.ToString()), new("result", answer.Refusal?.ToString() ?? "counted"));

        // A stored decision is answered from what was stored, and asks nothing more that could fail. Whoever has decided can't decide again.
        return answer.Refusal is { } refusal
            ? Answer.Problem(RefusalWords.Of(refusal, answer.Round))
            : Answer.Json(ApprovalDetail.Of(answer.Round, clock.GetUtcNow(), request.MessagesSeen, "You have decided already."), OperationsJson.Default.ApprovalDetail);
    }
}

/// <summary>The body of <c>POST /api/approvals/{id}/decision</c>. Carries no identity.</summary>
/// <param name="Kind"><c>approve</c> or <c>deny</c>.</param>
/// <param name="AmountMinor">A smaller amount, in minor units of the payment's own currency.</param>
/// <param name="Mail">The mail as it should go out; of an approval or of a denial.</param>
internal sealed record DecisionRequest(string? Kind, int MessagesSeen, string? Charge = null, long? AmountMinor = null, string? Reason = null, MailDraft? Mail = null, bool? TellCustomer = null)
{
    public (DecisionCommand? Command, string Field, string Sentence) ToCommand(Proposal proposal)
    {
        if (Kind is not ("approve" or "deny"))
        {
            return (null, "kind", "The kind is either approve or deny.");
        }

        if (Reason is { Length: > DecisionForm.LongestReason })
        {
            return (null, "reason", $"The reason is longer than {DecisionForm.LongestReason} letters.");
        }

        bool approve = Kind == "approve";
        (MailDraft? mail, string? wrongMail) = Mail is null ? (null, null) : MailField.Read(approve ? proposal.Mail : proposal.MailIfDenied, Mail.Subject, Mail.Body);
        if (wrongMail is not null)
        {
            return (null, "mail", wrongMail);
        }

        if (!approve)
        {
            return (new(VoteKind.Deny, MessagesSeen, Reason: Reason, Mail: mail, TellCustomer: TellCustomer ?? true), "", "");
        }

        ChargeOption? option = Charge is null && proposal.Charges.Count == 1 ? proposal.Charges[0] : proposal.Charges.FirstOrDefault(one => one.Charge.Value == Charge);
        if (AmountMinor is not null && option is null)
        {
            return (null, "charge", "An amount needs the payment that it belongs to.");
        }

        Money? amount = AmountMinor is { } minor ? new Money(minor, option!.Refund.Currency) : null;
        return (new(VoteKind.Approve, MessagesSeen, Charge is null ? null : ChargeId.From(Charge), amount, Reason, mail), "", "");
    }
}
