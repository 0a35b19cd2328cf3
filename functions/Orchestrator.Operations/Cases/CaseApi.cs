using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Operations.Answers;
using Orchestrator.Operations.Approvals;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations.Cases;

/// <summary>Cases for programs: the same projection as the console's.</summary>
internal static class CaseApi
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/cases", ListAsync);
        endpoints.MapGet("/api/cases/{id}", ShowAsync);
        endpoints.MapGet("/api/cases/{id}/history", HistoryAsync);
        foreach (CaseAct act in CaseAct.All)
        {
            // Ending is Durable Functions' terminate.
            string verb = act == CaseAct.End ? "terminate" : act.Name;
            endpoints.MapPost(
                $"/api/cases/{{id}}/{verb}",
                (string id, HttpContext context, CaseOperations operations, People people, CancellationToken cancellationToken) => ActAsync(act, id, context, operations, people, cancellationToken))
                .RequireAuthorization(RoleRequirement.PolicyName(act.Role)).AddEndpointFilter<SameSite>();
        }
    }

    private static async Task<IResult> ListAsync(string? status, string? phase, string? q, string? id, string? limit, string? cursor, HttpContext context, CaseReader reader, CancellationToken cancellationToken)
    {
        if (status is not null && !CaseStandings.Words.Contains(status, StringComparer.OrdinalIgnoreCase))
        {
            return Answer.Problem(Problem.Fields("There is no such list of cases.", new Dictionary<string, string[]> { ["status"] = [$"It is one of {string.Join(", ", CaseStandings.Words)}."] }));
        }

        CaseListView list = await reader.ListAsync(CaseFilter.Read(status, phase, q, limit, cursor, id), context, cancellationToken);
        return Answer.Json(new CasePage([.. list.Rows.Select(row => row.Case)], list.Next, list.Counts), OperationsJson.Default.CasePage);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, CaseReader reader, CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(id, context, cancellationToken) is not { } one)
        {
            return Answer.Problem(Problem.NotFound("case", id));
        }

        return Answer.Json(
            new CaseDetail(
                one.Case,
                one.File?.CustomerName,
                [.. (one.File?.Messages ?? []).Select(mail => new CaseMessage(mail.MessageId, mail.From.Name, mail.From.Address, mail.Subject, mail.Text, mail.ReceivedAt))],
                [.. one.Rounds.Select(round => ApprovalSummary.Of(round, one.Now))],
                one.IdempotencyKey,
                [.. one.Acts.Select(act => act == CaseAct.End ? "terminate" : act.Name)],
                one.File?.Notes ?? [])
            {
                MailsBeyond = one.File is { Beyond: > 0 and var beyond } ? beyond : null,
            },
            OperationsJson.Default.CaseDetail);
    }

    private static async Task<IResult> HistoryAsync(string id, string? download, HttpContext context, IOrchestrationClient orchestrations, CancellationToken cancellationToken)
    {
        if (await orchestrations.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is not { } instance)
        {
            return Answer.Problem(Problem.NotFound("case", id));
        }

        if (download == "yes")
        {
            // The id is one that the store knows, so it holds nothing that a header could break on.
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{instance.InstanceId}.history.json\"";
        }

        IReadOnlyList<HistoryEntry> entries = await orchestrations.GetOrchestrationHistoryAsync(id, cancellationToken);
        return Answer.Json(
            new CaseHistory(instance.InstanceId, instance.Name, instance.RuntimeStatus, [.. entries.Select(entry => new CaseHistoryEntry(entry.Sequence, entry.Kind, entry.Time, entry.TaskId, entry.Name, Json(entry.Payload)))]),
            OperationsJson.Default.CaseHistory);
    }

    private static async Task<IResult> ActAsync(CaseAct act, string id, HttpContext context, CaseOperations operations, People people, CancellationToken cancellationToken)
    {
        (CaseActRequest? request, Problem? wrong) = await ApiBody.ReadAsync(context.Request, OperationsJson.Default.CaseActRequest, cancellationToken);
        if (request is null)
        {
            return Answer.Problem(wrong!);
        }

        return people.From(context.User) is not { } person ? Answer.Problem(Problem.ForStatus(403))
            : await operations.DoAsync(act, id, person, request.Reason, cancellationToken) is { } problem ? Answer.Problem(problem)
            : act == CaseAct.Purge ? Results.NoContent()
            : await ShowAfterAsync(id, context, cancellationToken);
    }

    private static async Task<IResult> ShowAfterAsync(string id, HttpContext context, CancellationToken cancellationToken) =>
        await ShowAsync(id, context, (CaseReader)context.RequestServices.GetService(typeof(CaseReader))!, cancellationToken);

    private static JsonElement? Json(string? payload)
    {
        if (payload is null)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(payload, OperationsJson.Default.String);
        }
    }
}

/// <param name="Next">Give it back as <c>cursor</c> for the next page; absent at the end.</param>
internal sealed record CasePage(IReadOnlyList<CaseView> Cases, string? Next, IReadOnlyDictionary<string, int> Counts);

/// <param name="Customer">As Stripe knows them.</param>
/// <param name="Acts">What an operator may do by hand now.</param>
internal sealed record CaseDetail(CaseView Case, string? Customer, IReadOnlyList<CaseMessage> Messages, IReadOnlyList<ApprovalSummary> Approvals, string? IdempotencyKey, IReadOnlyList<string> Acts, IReadOnlyList<CaseNote> Notes)
{
    /// <summary>Mails that are kept with the case beyond what is worked on; left out when there are none.</summary>
    public int? MailsBeyond { get; init; }
}

internal sealed record CaseMessage(string MessageId, string? FromName, string FromAddress, string Subject, string Text, DateTimeOffset ReceivedAt);

internal sealed record CaseHistory(string InstanceId, string Name, OrchestrationRuntimeStatus RuntimeStatus, IReadOnlyList<CaseHistoryEntry> Entries);

internal sealed record CaseHistoryEntry(long Sequence, string Kind, DateTimeOffset Time, int? TaskId, string? Name, JsonElement? Payload);

internal sealed record CaseActRequest(string? Reason);
