using System.Net;
using System.Text.Json;

namespace Orchestrator.Local.Running;

/// <summary>The running process said no, in its own words.</summary>
internal sealed class ApiRefusalException(HttpStatusCode status, string type, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>The problem's stable name, such as <c>approval-not-in-group</c>.</summary>
    public string Name { get; } = type[(type.LastIndexOf(':') + 1)..];

    /// <summary>Nobody knows whoever asked: the orchestrator itself says so, or a platform before it does, in its own way or by sending them to sign in.</summary>
    public bool IsUnknownCredential => (Status == HttpStatusCode.Unauthorized && Name is "" or "signed-out") || (int)Status is >= 300 and < 400;

    public static async Task<ApiRefusalException> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        string text = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            ApiProblem problem = JsonSerializer.Deserialize(text, ApiJson.Default.ApiProblem)!;
            IEnumerable<string> fields = (problem.Errors ?? new Dictionary<string, string[]>()).SelectMany(field => field.Value.Select(wrong => $"{field.Key}: {wrong}"));
            return new(answer.StatusCode, problem.Type ?? "", string.Join(Environment.NewLine, [$"{problem.Title}: {problem.Detail}", .. fields, problem.NextStep ?? ""]).TrimEnd());
        }
        catch (JsonException)
        {
            return new(answer.StatusCode, "", $"The orchestrator answered {(int)answer.StatusCode} to {answer.RequestMessage?.RequestUri?.AbsolutePath}.");
        }
    }
}
