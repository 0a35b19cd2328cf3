using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Operations.Answers;

/// <summary>Reads an API request's JSON, or says what is wrong with it.</summary>
internal static class ApiBody
{
    public static async Task<(T? Value, Problem? Wrong)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, Problem.ForStatus(415));
        }

        if (await RequestBody.ReadAsync(request, RequestBody.Limit, cancellationToken) is not { } body)
        {
            return (null, Problem.TooLarge);
        }

        try
        {
            return JsonSerializer.Deserialize(body, type) is { } value ? (value, null) : (null, Problem.ForStatus(400));
        }
        catch (JsonException wrong)
        {
            string field = wrong.Path is { Length: > 2 } path ? path[2..] : "body";
            return (null, Problem.Fields("The body can't be read.", new Dictionary<string, string[]> { [field] = ["This is not the JSON that is expected here."] }) with { Status = 400 });
        }
    }
}
