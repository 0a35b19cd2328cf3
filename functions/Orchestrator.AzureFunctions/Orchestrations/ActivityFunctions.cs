using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Orchestrator.Agents.Governance;

namespace Orchestrator.AzureFunctions.Orchestrations;

/// <summary>The agent's activities, each under the name that history and key declarations know.</summary>
public sealed class ActivityFunctions(TaskRunner tasks)
{
    [Function(ActivityNames.Understand)]
    public Task<JsonElement> UnderstandAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.FetchHistory)]
    public Task<JsonElement> FetchHistoryAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.ReadCharges)]
    public Task<JsonElement> ReadChargesAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.ApplyPolicy)]
    public Task<JsonElement> ApplyPolicyAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.OpenApproval)]
    public Task<JsonElement> OpenApprovalAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.PostNotice)]
    public Task<JsonElement> PostNoticeAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.EscalateApproval)]
    public Task<JsonElement> EscalateApprovalAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.ConcludeApproval)]
    public Task<JsonElement> ConcludeApprovalAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.IssueRefund)]
    public Task<JsonElement> IssueRefundAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.ReadRefund)]
    public Task<JsonElement> ReadRefundAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.SendMail)]
    public Task<JsonElement> SendMailAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);

    [Function(ActivityNames.CloseCase)]
    public Task<JsonElement> CloseCaseAsync([ActivityTrigger] JsonElement input, FunctionContext context) => tasks.RunAsync(context, input);
}
