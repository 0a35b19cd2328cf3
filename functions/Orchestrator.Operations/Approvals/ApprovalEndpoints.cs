using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Approvals;
using Orchestrator.Operations.Answers;
using Orchestrator.Operations.Layout;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations.Approvals;

/// <summary>The approver's page: opening it decides nothing; deciding is a form post that a review step precedes.</summary>
internal static partial class ApprovalEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        (string reads, string decides) = (RoleRequirement.PolicyName(Role.ApprovalReader), RoleRequirement.PolicyName(Role.Approver));
        endpoints.MapMethods("/approvals", [HttpMethods.Get, HttpMethods.Head], ShowQueueAsync).RequireAuthorization(reads);
        endpoints.MapMethods("/approvals/{id}", [HttpMethods.Get, HttpMethods.Head], ShowAsync).RequireAuthorization(reads);
        endpoints.MapPost("/approvals/{id}/review", ReviewAsync).RequireAuthorization(decides).DisableAntiforgery();
        endpoints.MapPost("/approvals/{id}/decision", DecideAsync).RequireAuthorization(decides).DisableAntiforgery();
    }

    private static async Task<IResult> ShowQueueAsync(string? view, HttpContext context, QueueReader queue, CancellationToken cancellationToken) =>
        Answer.Page<QueuePage>(await queue.ReadAsync(view, context, cancellationToken));

    private static async Task<IResult> ShowAsync(string id, string? decided, HttpContext context, ApprovalReader reader, ApprovalDesk desk, People people, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(id, context, cancellationToken) is not { } view)
        {
            return Answer.Problem(Problem.NotFound("approval", id));
        }

        // The receipt that the notice arrived: somebody who decides saw the page. A program's HEAD is no such thing.
        if (HttpMethods.IsGet(context.Request.Method) && people.Is(Role.Approver, context.User) && view.Round.FirstOpenedAt is null)
        {
            await desk.NoteOpenedAsync(id, cancellationToken);
        }

        bool mine = view.Round.Votes.Any(vote => vote.By.Id == view.Who.Id);
        return Answer.Page<ApprovalPage>(view with { Recorded = decided == "yes" && mine });
    }

    private static async Task<IResult> ReviewAsync(string id, HttpContext context, ApprovalReader reader, Visitors visitors, ScannerNotes notes, CancellationToken cancellationToken)
    {
        (DecisionForm? form, IResult? refused) = await ReadFormAsync(id, context, visitors, notes);
        if (form is null)
        {
            return refused!;
        }

        if (await reader.ReadAsync(id, context, cancellationToken) is not { } view)
        {
            return Answer.Problem(Problem.NotFound("approval", id));
        }

        if (!view.CanDecide)
        {
            int status = view.State == RoundState.Open ? 403 : view.State == RoundState.Expired ? 410 : 409;
            return Answer.Page<ApprovalPage>(view with { Alert = view.MayNot }, status);
        }

        (DecisionCommand? command, string? wrong) = form.ToCommand(view.Proposal);
        if (command is null)
        {
            return Answer.Page<ApprovalPage>(view with { Alert = new("Check what you typed", wrong!, null), Draft = form }, 422);
        }

        if (form.Approve && Precheck(view, command) is { } problem)
        {
            return Answer.Page<ApprovalPage>(view with { Alert = Words(problem), Draft = form }, problem.Status);
        }

        return Answer.Page<ReviewPage>(new ReviewView(view, form, command));
    }

    private static async Task<IResult> DecideAsync(
        string id, HttpContext context, ApprovalReader reader, ApprovalDesk desk, People people, Visitors visitors, ScannerNotes notes, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        (DecisionForm? form, IResult? refused) = await ReadFormAsync(id, context, visitors, notes);
        if (form is null)
        {
            return refused!;
        }

        if (people.From(context.User) is not { } person)
        {
            return Answer.Problem(Problem.ForStatus(403));
        }

        if (await reader.ReadAsync(id, context, cancellationToken) is not { } view)
        {
            return Answer.Problem(Problem.NotFound("approval", id));
        }

        (DecisionCommand? command, string? wrong) = form.ToCommand(view.Proposal);
        if (command is null)
        {
            return Answer.Page<ApprovalPage>(view with { Alert = new("Check what you typed", wrong!, null), Draft = form }, 422);
        }

        // Once a decision is being stored it is finished, whether or not the browser still listens.
        DecisionAnswer answer = await desk.DecideAsync(id, person, command, CancellationToken.None);
        Decided(loggers.CreateLogger(OperationsTelemetry.Name), id, command.Kind, answer.Refusal?.ToString() ?? "counted");
        OperationsTelemetry.Decisions.Add(1, new("kind", command.Kind.ToString()), new("result", answer.Refusal?.ToString() ?? "counted"));
        if (answer.Refusal is not { } refusal)
        {
            return await CanBeShownAsync(answer.Round, context, reader)
                ? Answer.SeeOther($"/approvals/{Uri.EscapeDataString(id)}?decided=yes")
                : Answer.Page<ErrorPage>(new ErrorModel(
                    "Your decision is recorded",
                    "It is stored and counts. Its page can't be shown at the moment.",
                    "Nothing has to be done again; open the approval later to see what became of it."));
        }

        Problem problem = RefusalWords.Of(refusal, answer.Round);
        ApprovalView now = await reader.ReadAsync(answer.Round, context, cancellationToken);
        if (!form.Approve && refusal == VoteRefusal.ReasonMissing)
        {
            return Answer.Page<ReviewPage>(new ReviewView(now with { Alert = Words(problem) }, form, command), problem.Status);
        }

        return Answer.Page<ApprovalPage>(now with { Alert = Words(problem), Draft = form }, problem.Status);
    }

    /// <summary>Whether the page after a stored decision would come: if not, its error must not be taken for the decision's.</summary>
    private static async Task<bool> CanBeShownAsync(ApprovalRound round, HttpContext context, ApprovalReader reader)
    {
        try
        {
            await reader.ReadAsync(round, context, CancellationToken.None);
            return true;
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>The form, when it is one of ours: posted from our page, by whom it was shown to.</summary>
    private static async Task<(DecisionForm? Form, IResult? Refused)> ReadFormAsync(string id, HttpContext context, Visitors visitors, ScannerNotes notes)
    {
        if (!await visitors.FormIsOursAsync(context))
        {
            await notes.NoteForgedAsync(id, context);
            return (null, Answer.Problem(Problem.Of(400, "form-forged", "This form is not current", "It did not come from a page that was shown to you, so nothing was decided.", "Open the approval again and decide there.")));
        }

        return DecisionForm.Read(await context.Request.ReadFormAsync(context.RequestAborted)) is { } form
            ? (form, null)
            : (null, Answer.Problem(Problem.Of(400, "decision-unknown", "Not understood", "The form says neither approve nor deny.", "Open the approval again and decide there.")));
    }

    private static Problem? Precheck(ApprovalView view, DecisionCommand command)
    {
        var probe = new Vote(new("probe", "probe", ApprovalRules.GroupsThatMayDecide(view.Round)), command.Kind, command.Charge, command.Amount, null, null, true, view.Now);
        return ApprovalRules.Refuse(view.Round, probe, []) is { } refusal ? RefusalWords.Of(refusal, view.Round)
            : command.MessagesSeen < view.Messages.Count ? RefusalWords.Of(VoteRefusal.Stale, view.Round)
            : null;
    }

    private static ErrorModel Words(Problem problem) => new(problem.Title, problem.Detail, problem.NextStep);

    [LoggerMessage(5120, LogLevel.Information, "Decision {Kind} on approval {ApprovalId}: {Result}.")]
    private static partial void Decided(ILogger logger, string approvalId, VoteKind kind, string result);
}
