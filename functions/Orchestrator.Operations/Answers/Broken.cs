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
    public static bool IsExpected(Exception exception) => exception is BadHttpRequestException or ApprovalNotFoundException or OperationCanceledException
        || (exception is DurabilityException && StatusOf(exception) < 500);

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
        DurabilityException refused => Refused(refused),
        PolicyFileException policy => Problem.Of(503, "policy-unreadable", "The refund policy can't be read", policy.Message, "Mend the policy file; nobody can sign in or decide before. What was decided is stored and goes on."),
        StoreFullException full => Problem.Of(507, "records-full", "The disk is full", "Nothing more can be stored now; nothing acknowledged is lost.", "Free space on the server's disk and try again; work goes on by itself.") with { RetryAfter = 30 },
        StoreFailureException => Problem.Of(503, "records-unavailable", "The records do not answer", "Nothing was stored; nothing acknowledged is lost.", "Try again in a minute; the log names the cause.") with { RetryAfter = 30 },
        OutsideFailureException outside => Problem.Of(503, "outside-unavailable", "Something outside does not answer", outside.Message, "Try again in a minute; 'doctor' says what is wrong.") with { RetryAfter = 30 },
        _ => Problem.ForStatus(500),
    };

    /// <summary>What the orchestrations or their store refused. Of the store nothing is told but what to do: where its file lies is the operator's.</summary>
    private static Problem Refused(DurabilityException refused) => refused.Name switch
    {
        "instance-exists" => Problem.Of(409, refused.Name, "It exists already", refused.Message),
        "instance-not-failed" => Problem.Of(409, refused.Name, "It has not failed", refused.Message),
        "payload-too-large" => Problem.Of(413, refused.Name, "Too large", refused.Message),
        "continuation-token-unknown" => Problem.Of(400, refused.Name, "No such page", refused.Message, "List again from the first page."),
        "unknown-orchestrator" => Problem.Of(501, refused.Name, "Not in this version", refused.Message, "Start the version that has it."),
        "hub-full" => Problem.Of(507, refused.Name, "The disk is full", "Nothing more can be stored now; nothing acknowledged is lost.", "Free space on the server's disk and try again; work goes on by itself.") with { RetryAfter = 30 },
        "hub-stopped" => Problem.Of(503, refused.Name, "The engine has stopped", "It could not be sure of its store, so it takes nothing more; nothing acknowledged is lost.", "Start the orchestrator again; its log names the cause.") with { RetryAfter = 30 },
        _ => Problem.ForStatus(500),
    };
}
