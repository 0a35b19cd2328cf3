using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Operations.Answers;
using Orchestrator.Operations.Layout;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations.Cases;

/// <summary>The console: the list, one case, and what operators do to it by hand.</summary>
internal static class CasePages
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], ListAsync);
        endpoints.MapMethods("/cases", [HttpMethods.Get, HttpMethods.Head], ListAsync);
        endpoints.MapMethods("/cases/{id}", [HttpMethods.Get, HttpMethods.Head], ShowAsync);
        foreach (CaseAct act in CaseAct.All)
        {
            endpoints.MapPost(
                $"/cases/{{id}}/{act.Name}",
                (string id, HttpContext context, CaseReader reader, CaseOperations operations, People people, Visitors visitors, CancellationToken cancellationToken) =>
                    ActAsync(act, id, context, reader, operations, people, visitors, cancellationToken))
                .RequireAuthorization(RoleRequirement.PolicyName(act.Role)).DisableAntiforgery();
        }
    }

    private static async Task<IResult> ListAsync(string? status, string? q, string? cursor, HttpContext context, CaseReader reader, CancellationToken cancellationToken)
    {
        CaseListView list = await reader.ListAsync(CaseFilter.Read(status, null, q, null, cursor), context, cancellationToken);

        // A pasted id that means one case is a way there, not a list of one.
        return list is { Search: not null, Standing: null, Rows: [var only] } && cursor is null
            ? Results.Redirect("/cases/" + Uri.EscapeDataString(only.Case.CaseId))
            : Answer.Page<CaseListPage>(list);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, CaseReader reader, CancellationToken cancellationToken) =>
        await reader.FindAsync(id, context, cancellationToken) is { } view ? Answer.Page<CaseDetailPage>(view) : Answer.Problem(Problem.NotFound("case", id));

    private static async Task<IResult> ActAsync(CaseAct act, string id, HttpContext context, CaseReader reader, CaseOperations operations, People people, Visitors visitors, CancellationToken cancellationToken)
    {
        if (!await visitors.FormIsOursAsync(context) || people.From(context.User) is not { } person)
        {
            return Answer.Problem(Problem.Of(400, "form-forged", "This form is not current", "It did not come from a page that was shown to you, so nothing was done.", "Open the case again."));
        }

        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (await operations.DoAsync(act, id, person, form["reason"], cancellationToken) is not { } problem)
        {
            return Answer.SeeOther(act == CaseAct.Purge ? "/cases" : "/cases/" + Uri.EscapeDataString(id));
        }

        return await reader.FindAsync(id, context, cancellationToken) is { } view
            ? Answer.Page<CaseDetailPage>(view with { Alert = new ErrorModel(problem.Title, problem.Detail, problem.NextStep) }, problem.Status)
            : Answer.Problem(problem);
    }
}
