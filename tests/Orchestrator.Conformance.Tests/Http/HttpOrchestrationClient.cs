using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Conformance.Tests.Http;

/// <summary>
/// The port over the Durable Task HTTP API (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-http-api) and the start route of <see cref="ConformanceTasks"/>.
/// What that API has no filter for is filtered here, page by page, by the same rule. It has no event ids and shows times to the second.
/// </summary>
internal sealed class HttpOrchestrationClient(HttpClient http, Uri address) : IOrchestrationClient
{
    private const string Token = "x-ms-continuation-token";

    private readonly TaskRegistry _json = ConformanceTasks.Register();

    public async Task<string> ScheduleNewOrchestrationInstanceAsync<TInput, TOutput>(OrchestratorDefinition<TInput, TOutput> orchestrator, TInput input, string instanceId, CancellationToken cancellationToken = default)
    {
        string path = $"conformance/orchestrators/{Uri.EscapeDataString(orchestrator.Name)}/{Uri.EscapeDataString(instanceId)}";
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Post, path, [], _json.Write(input), cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Conflict)
        {
            throw new OrchestrationAlreadyExistsException(instanceId);
        }

        using JsonDocument body = await ReadAsync(answer, HttpStatusCode.Accepted, cancellationToken);
        return body.RootElement.GetProperty("id").GetString()!;
    }

    public async Task RaiseEventAsync<T>(string instanceId, string eventName, T payload, string? eventId = null, CancellationToken cancellationToken = default)
    {
        try
        {
            await OperateAsync(instanceId, "raiseEvent/" + Uri.EscapeDataString(eventName), null, _json.Write(payload), cancellationToken);
        }
        catch (HttpRefusalException broken) when (broken.Name == "http-500")
        {
            // The extension looks twice whether the instance lives, and has an answer for one that ended before the first look alone.
            throw await GetInstanceAsync(instanceId, cancellationToken: cancellationToken) is { HasEnded: true } ? new InstanceCompletedException(instanceId) : broken;
        }
    }

    public Task TerminateInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => OperateAsync(instanceId, "terminate", reason, null, cancellationToken);

    public Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => OperateAsync(instanceId, "suspend", reason, null, cancellationToken);

    public Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellationToken = default) => OperateAsync(instanceId, "resume", reason, null, cancellationToken);

    public async Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Post, Instance(instanceId) + "/rewind", [("reason", reason)], null, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.Gone or HttpStatusCode.BadRequest or HttpStatusCode.PreconditionFailed)
        {
            throw new InstanceNotFailedException(instanceId);
        }

        await CheckAsync(answer, instanceId, cancellationToken);
    }

    public async Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, Instance(instanceId), [("showInput", getInputsAndOutputs ? "true" : "false")], null, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        using JsonDocument body = await ReadAsync(answer, null, cancellationToken);
        return HttpStatus.Read(body.RootElement, getInputsAndOutputs);
    }

    public AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        OrchestrationQuery query = filter ?? new();
        return new(query.PageSize, async (token, pageSize, cancellationToken) =>
        {
            OrchestrationQuery.CheckPageSize(pageSize);
            List<(string, string?)> parameters =
            [
                ("top", pageSize.ToString(CultureInfo.InvariantCulture)), ("showInput", query.FetchInputsAndOutputs ? "true" : "false"), ("instanceIdPrefix", query.InstanceIdPrefix),
                ("createdTimeFrom", Time(query.CreatedFrom)), ("createdTimeTo", Time(query.CreatedTo)), ("runtimeStatus", Statuses(query.Statuses)),
            ];
            using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, "runtime/webhooks/durabletask/instances", parameters, null, cancellationToken, token);
            using JsonDocument body = await ReadAsync(answer, HttpStatusCode.OK, cancellationToken);
            string? next = answer.Headers.TryGetValues(Token, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } more ? more : null;

            // Created was compared there, with more than the seconds that are shown.
            OrchestrationQuery rest = query with { CreatedFrom = null, CreatedTo = null };
            return new Page<OrchestrationMetadata>([.. body.RootElement.EnumerateArray().Select(one => HttpStatus.Read(one, query.FetchInputsAndOutputs)).Where(one => CustomStatusSearch.Matches(one, rest))], next);
        });
    }

    public async Task<IReadOnlyList<HistoryEntry>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Get, Instance(instanceId), [("showHistory", "true"), ("showHistoryOutput", "true")], null, cancellationToken);
        await CheckAsync(answer, instanceId, cancellationToken);
        using JsonDocument body = await ReadAsync(answer, null, cancellationToken);
        return HttpStatus.ReadHistory(body.RootElement);
    }

    public Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, one => one.RuntimeStatus != OrchestrationRuntimeStatus.Pending, cancellationToken);

    public Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellationToken = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, one => one.HasEnded, cancellationToken);

    public async Task<PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        // Some storage of Durable Functions purges what still runs; the port never does.
        if (await GetInstanceAsync(instanceId, cancellationToken: cancellationToken) is not { HasEnded: true })
        {
            return new(0);
        }

        using HttpResponseMessage answer = await SendAsync(HttpMethod.Delete, Instance(instanceId), [], null, cancellationToken);
        return await PurgedAsync(answer, cancellationToken);
    }

    public async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellationToken = default)
    {
        OrchestrationRuntimeStatus[] ended = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];
        OrchestrationRuntimeStatus[] wanted = [.. filter.Statuses is { Count: > 0 } statuses ? ended.Intersect(statuses) : ended];
        if (wanted.Length == 0)
        {
            return new(0);
        }

        List<(string, string?)> parameters =
        [
            ("createdTimeFrom", Time(filter.CreatedFrom ?? new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero))), ("createdTimeTo", Time(filter.CreatedTo)), ("runtimeStatus", Statuses(wanted)),
        ];
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Delete, "runtime/webhooks/durabletask/instances", parameters, null, cancellationToken);
        return await PurgedAsync(answer, cancellationToken);
    }

    private async Task<OrchestrationMetadata> WaitAsync(string instanceId, bool getInputsAndOutputs, Func<OrchestrationMetadata, bool> holds, CancellationToken cancellationToken)
    {
        OrchestrationMetadata? now = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                now = await GetInstanceAsync(instanceId, getInputsAndOutputs, cancellationToken) ?? throw new InstanceNotFoundException(instanceId);
                return holds(now);
            },
            $"instance '{instanceId}'");
        return now!;
    }

    private async Task OperateAsync(string instanceId, string operation, string? reason, string? body, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Post, $"{Instance(instanceId)}/{operation}", [("reason", reason)], body, cancellationToken);
        await CheckAsync(answer, instanceId, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, IReadOnlyList<(string Name, string? Value)> parameters, string? json, CancellationToken cancellationToken, string? token = null)
    {
        string query = string.Join('&', parameters.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}").Append(address.Query.TrimStart('?')).Where(part => part.Length > 0));
        using HttpRequestMessage request = new(method, $"{address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}{(query.Length == 0 ? "" : "?" + query)}");
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        if (token is not null)
        {
            request.Headers.Add(Token, token);
        }

        return await http.SendAsync(request, cancellationToken);
    }

    private static async Task<PurgeResult> PurgedAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return new(0);
        }

        using JsonDocument body = await ReadAsync(answer, HttpStatusCode.OK, cancellationToken);
        return new(body.RootElement.GetProperty("instancesDeleted").GetInt32());
    }

    private static async Task CheckAsync(HttpResponseMessage answer, string instanceId, CancellationToken cancellationToken)
    {
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            throw new InstanceNotFoundException(instanceId);
        }

        if (answer.StatusCode == HttpStatusCode.Gone)
        {
            throw new InstanceCompletedException(instanceId);
        }

        if (!answer.IsSuccessStatusCode)
        {
            throw await HttpRefusalException.ReadAsync(answer, cancellationToken);
        }
    }

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage answer, HttpStatusCode? expected, CancellationToken cancellationToken)
    {
        if (expected is { } one ? answer.StatusCode != one : !answer.IsSuccessStatusCode)
        {
            throw await HttpRefusalException.ReadAsync(answer, cancellationToken);
        }

        await using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
    }

    private static string Instance(string instanceId) => "runtime/webhooks/durabletask/instances/" + Uri.EscapeDataString(instanceId);

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string? Statuses(IReadOnlyList<OrchestrationRuntimeStatus>? statuses) => statuses is { Count: > 0 } some ? string.Join(',', some) : null;
}
