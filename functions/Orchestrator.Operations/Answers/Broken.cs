using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Refunds.Policy;

namespace Orchestrator.Operations.Answers;

/// <summary>From an exception to an answer. Only messages that are written for people leave the server.</summary>
internal static class Broken
{
    public static int StatusOf(Exception exception) => ProblemOf(exception).Status;

    /// <summary>Whether it is an answer rather than a failure, and the log need not hold it.</summary>
    public static bool IsExpected(Exception exception) => exception is BadHttpRequestException or ApprovalNotFoundException or InstanceNotFoundException or OperationCanceledException;

    public static Task AnswerAsync(HttpContext context)
    {
        Exception? exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        return Answer.WriteAsync(context, exception is null ? Problem.ForStatus(500) : ProblemOf(exception));
    }

    private static Problem ProblemOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => Problem.ForStatus(bad.StatusCode),
        ApprovalNotFoundException missing => Problem.NotFound("approval", missing.ApprovalId),
        InstanceNotFoundException missing => Problem.NotFound("case", missing.InstanceId),
        InstanceCompletedException ended => Problem.Of(409, "case-ended", "The case has ended", $"Case '{ended.InstanceId}' has ended and takes nothing more.", "Look at how it ended."),
        PolicyFileException policy => Problem.Of(503, "policy-unreadable", "The refund policy can't be read", policy.Message, "Mend the policy file; nobody can sign in or decide before."),
        OutsideFailureException outside => Problem.Of(503, "outside-unavailable", "Something outside does not answer", outside.Message, "Try again in a minute; 'doctor' says what is wrong.") with { RetryAfter = 30 },
        _ => Problem.ForStatus(500),
    };
}
