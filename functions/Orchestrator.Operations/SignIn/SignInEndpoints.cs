using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Operations.Answers;

namespace Orchestrator.Operations.SignIn;

/// <summary>The development sign-in's page and API, and signing out. With App Service or a proxy there is nothing to sign in to here.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, OperationsOptions options)
    {
        if (options.SignIn is not SignInOptions.Development)
        {
            return;
        }

        endpoints.MapMethods("/sign-in", [HttpMethods.Get, HttpMethods.Head], Show).AllowAnonymous();
        endpoints.MapPost("/sign-in", SignInAsync).AllowAnonymous().DisableAntiforgery();
        endpoints.MapPost("/sign-out", SignOutAsync).DisableAntiforgery();
        endpoints.MapPost("/api/signin", IssueAsync).AllowAnonymous().AddEndpointFilter<SameSite>();
    }

    /// <summary>Only paths of this server: an address elsewhere, in whatever spelling, becomes the console.</summary>
    public static string Local(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && path.All(letter => letter is > ' ' and < '\x7f') && !path.StartsWith("/sign-", StringComparison.Ordinal)
            ? path
            : "/";

    private static IResult Show(HttpContext context, People people, Visitors visitors) =>
        LoopbackGuard.IsLocal(context)
            ? Answer.Page<SignInPage>(new SignInModel(Local(context.Request.Query["return"]), null, null, people.Known(), visitors.Token(context)))
            : Answer.Problem(NotHere);

    private static async Task<IResult> SignInAsync(HttpContext context, OneTimeCode code, People people, Visitors visitors)
    {
        if (!LoopbackGuard.IsLocal(context))
        {
            return Answer.Problem(NotHere);
        }

        if (!await visitors.FormIsOursAsync(context))
        {
            return Answer.Problem(Problem.Of(400, "form-forged", "This form is not current", "It did not come from a page that was shown to you.", "Open the sign-in page again."));
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string path = Local(form["return"]);
        string? id = SignInId.Normalize(form["who"]);
        CodeAnswer answer = id is null ? CodeAnswer.Wrong : code.Try(form["code"]);
        OperationsTelemetry.SignIns.Add(1, new KeyValuePair<string, object?>("result", answer.ToString()));
        if (answer != CodeAnswer.Right)
        {
            string wrong = id is null ? "Write your address, such as ana@example.com." : Words(answer);
            int status = answer == CodeAnswer.TooManyTries ? 429 : id is null ? 422 : 401;
            return Answer.Page<SignInPage>(new SignInModel(path, form["who"], wrong, people.Known(), visitors.Token(context)), status);
        }

        await context.SignInAsync(Schemes.Session, OperationsClaims.Person(Schemes.Session, id!, SignInId.NameFor(id!, null), []));
        return Answer.SeeOther(path);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, Visitors visitors)
    {
        if (await visitors.FormIsOursAsync(context))
        {
            await context.SignOutAsync(Schemes.Session);
        }

        return Answer.SeeOther("/sign-in");
    }

    private static async Task<IResult> IssueAsync(HttpContext context, OneTimeCode code, CancellationToken cancellationToken)
    {
        if (!LoopbackGuard.IsLocal(context))
        {
            return Answer.Problem(NotHere);
        }

        if (!context.Request.HasJsonContentType())
        {
            return Answer.Problem(Problem.ForStatus(415));
        }

        SignInRequest? request;
        try
        {
            byte[]? body = await RequestBody.ReadAsync(context.Request, 4 * 1024, cancellationToken);
            request = body is null ? null : JsonSerializer.Deserialize(body, OperationsJson.Default.SignInRequest);
        }
        catch (JsonException)
        {
            request = null;
        }

        if (SignInId.Normalize(request?.Who) is not { } id)
        {
            return Answer.Problem(Problem.Fields("It needs who you are and the code.", new Dictionary<string, string[]> { ["who"] = ["Your address, such as ana@example.com."] }));
        }

        CodeAnswer answer = code.Try(request!.Code);
        OperationsTelemetry.SignIns.Add(1, new KeyValuePair<string, object?>("result", answer.ToString()));
        if (answer != CodeAnswer.Right)
        {
            return Answer.Problem(answer == CodeAnswer.TooManyTries
                ? Problem.Of(429, "too-many-tries", "Too many tries", Words(answer), "Wait a minute.") with { RetryAfter = 60 }
                : Problem.Of(401, "code-wrong", "Wrong code", Words(answer), "Read the newest code from the log or the code file."));
        }

        string name = SignInId.NameFor(id, null);
        (string token, DateTimeOffset expires) = context.RequestServices.GetRequiredService<SessionTokens>().Issue(id, name);
        return Answer.Json(new SignInResponse(token, expires, id, name), OperationsJson.Default.SignInResponse);
    }

    private static Problem NotHere { get; } =
        Problem.Of(403, "loopback-only", "Only on this machine", "The development sign-in answers on loopback only.", "Open it on the machine itself, as http://localhost or http://127.0.0.1.");

    private static string Words(CodeAnswer answer) => answer == CodeAnswer.TooManyTries
        ? "Too many codes were tried. Wait a minute, then use the newest code."
        : "That is not the current code. Each is good once; the newest stands last in the log.";
}

internal sealed record SignInRequest(string? Who, string? Code);

internal sealed record SignInResponse(string Token, DateTimeOffset Expires, string Id, string Name);
