using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Operations.Layout;

namespace Orchestrator.Operations.Answers;

/// <summary>Answers in one shape: JSON with our own source-generated types, problems as problem+json for programs and as a page for people.</summary>
internal static class Answer
{
    private static readonly PathString[] ProgramPaths = ["/api", "/inbox", "/webhooks", "/health"];

    /// <summary>Whether a program asks: by path, or because it does not take HTML.</summary>
    public static bool IsProgram(HttpContext context)
    {
        string accept = context.Request.Headers.Accept.ToString();
        return ProgramPaths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            || (accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("html", StringComparison.OrdinalIgnoreCase));
    }

    public static IResult Json<T>(T value, JsonTypeInfo<T> type, int status = 200) => new JsonAnswer<T>(value, type, status, "application/json; charset=utf-8");

    public static IResult Problem(Problem problem) => new ProblemAnswer(problem);

    /// <summary>The problem as whoever asks can read it.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem) => new ProblemAnswer(problem).ExecuteAsync(context);

    /// <summary>A page, whole and never stored by anything between.</summary>
    public static RazorComponentResult<TPage> Page<TPage>(object model, int status = 200)
        where TPage : IComponent => new(new Dictionary<string, object?> { ["Model"] = model }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>After a post, the page to look at: a reload then repeats nothing.</summary>
    public static IResult SeeOther(string path) => new SeeOtherAnswer(path);

    private sealed class SeeOtherAnswer(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }

    private sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type, int status, string contentType) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = contentType;
            await JsonSerializer.SerializeAsync(httpContext.Response.Body, value, type, httpContext.RequestAborted);
        }
    }

    private sealed class ProblemAnswer(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (problem.RetryAfter is { } seconds)
            {
                httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            IResult result = IsProgram(httpContext)
                ? new JsonAnswer<Problem>(problem, OperationsJson.Default.Problem, problem.Status, "application/problem+json; charset=utf-8")
                : Page<ErrorPage>(new ErrorModel(problem.Title, problem.Detail, problem.NextStep), problem.Status);
            return result.ExecuteAsync(httpContext);
        }
    }
}
