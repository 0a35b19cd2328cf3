using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Orchestrator.Agents.Approvals;
using Orchestrator.Operations.Answers;

namespace Orchestrator.Operations.SignIn;

/// <summary>What somebody without a sign-in, or without the right, gets to see: programs a problem, readers the way to sign in and back.</summary>
internal sealed class AccessAnswers(OperationsOptions options, People people) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        if (authorizeResult.Forbidden)
        {
            return Answer.WriteAsync(context, Forbidden(people.From(context.User)));
        }

        HttpRequest request = context.Request;
        bool reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (Answer.IsProgram(context) || !reads || SignInAddress(request.Path + request.QueryString) is not { } address)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Answer.WriteAsync(context, reads || Answer.IsProgram(context) ? Problem.SignedOut : SignedOutForm);
        }

        context.Response.Redirect(address);
        return Task.CompletedTask;
    }

    private static Problem SignedOutForm { get; } =
        Problem.Of(401, "signed-out", "You are signed out", "Nothing was decided.", "Sign in, open the approval again and decide there.");

    private Problem Forbidden(Person? person) => person switch
    {
        null => Problem.Of(403, "not-a-person", "Only a person may do this", "The operator token reads; it decides and ends nothing.", "Sign in with 'POST /api/signin' first."),
        { Groups.Count: 0 } => Problem.Of(403, "in-no-group", "You are in no group", $"You are signed in as {person.Id}, and the refund policy has you in no group.", "Ask whoever keeps the refund policy to add you to one" + (options.SignIn is SignInOptions.Development ? ", or sign in as somebody else at /sign-in." : ".")),
        _ => Problem.Of(403, "forbidden", "Not allowed", $"You are signed in as {person.Id} ({string.Join(", ", person.Groups)}), and these groups do not allow this.", "Ask whoever keeps the settings, or somebody who may."),
    };

    private string? SignInAddress(string path) => options.SignIn switch
    {
        SignInOptions.Development => "/sign-in?return=" + Uri.EscapeDataString(path),
        SignInOptions.AppService appService => $"{appService.LoginPath}?post_login_redirect_uri={Uri.EscapeDataString(path)}",
        _ => null,
    };
}
