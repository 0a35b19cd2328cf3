using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Local.Commands;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Running;

/// <summary>The orchestrator that serves, over HTTP: found through the state folder and read with the operator token that only the folder's owner has, or named by its address.</summary>
internal sealed class RunningProcess : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpClient _patient;

    public RunningProcess(Whereabouts where)
    {
        Where = where;
        _http = Client(where, TimeSpan.FromSeconds(60));
        _patient = Client(where, Timeout.InfiniteTimeSpan);
    }

    public Whereabouts Where { get; }

    /// <exception cref="LocalException">Nothing runs on that folder.</exception>
    public static RunningProcess Find(StateFolder folder) => TryFind(folder) ?? throw NothingRuns(folder);

    public static RunningProcess? TryFind(StateFolder folder) => Whereabouts.Of(folder) is { } where ? new(where) : null;

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(new(HttpMethod.Get, path), cancellationToken);
        return await ReadAsync(answer, type, cancellationToken);
    }

    /// <summary>Copies what is there as it is.</summary>
    public async Task CopyAsync(string path, Stream target, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await SendAsync(new(HttpMethod.Get, path), cancellationToken);
        await answer.Content.CopyToAsync(target, cancellationToken);
    }

    /// <param name="bearer">Who acts; null: whoever the credential proves, or nobody.</param>
    public async Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, string? bearer, CancellationToken cancellationToken) =>
        await PostAsync(path, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), [], answerType, bearer, cancellationToken);

    /// <summary>The answer as it is; null when there is none.</summary>
    public async Task<JsonElement?> PostAsync<TBody>(string path, TBody body, JsonTypeInfo<TBody> bodyType, string? bearer, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await PostAsync(path, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), [], bearer, cancellationToken);
        return answer.StatusCode == System.Net.HttpStatusCode.NoContent ? null : await ReadAsync(answer, ApiJson.Default.JsonElement, cancellationToken);
    }

    /// <summary>Asks this head itself, as its owner, for something that may take long.</summary>
    public async Task<TAnswer> AskAsync<TAnswer>(string path, JsonTypeInfo<TAnswer> answerType, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        using HttpResponseMessage answer = await SendAsync(_patient, request, limit.Token);
        return await ReadAsync(answer, answerType, limit.Token);
    }

    public async Task<TAnswer> PostAsync<TAnswer>(
        string path, byte[] body, IEnumerable<(string Name, string Value)> headers, JsonTypeInfo<TAnswer> answerType, string? bearer, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await PostAsync(path, body, headers, bearer, cancellationToken);
        return await ReadAsync(answer, answerType, cancellationToken);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, byte[] body, IEnumerable<(string Name, string Value)> headers, string? bearer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Authorization = bearer is null ? null : new("Bearer", bearer);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await SendAsync(request, cancellationToken);
    }

    public void Dispose()
    {
        _http.Dispose();
        _patient.Dispose();
    }

    private static HttpClient Client(Whereabouts where, TimeSpan patience)
    {
        // A redirect is never followed: it would carry the token along.
        var wire = new SocketsHttpHandler { UseProxy = !where.Address.IsLoopback, AllowAutoRedirect = false };
        HttpClient http = new(new Opening(where.Credential, wire)) { BaseAddress = where.Address, Timeout = patience };
        http.DefaultRequestHeaders.Accept.Add(new("application/json"));
        return http;
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => SendAsync(_http, request, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return answer;
            }

            using (answer)
            {
                ApiRefusalException refused = await ApiRefusalException.ReadAsync(answer, cancellationToken);
                throw Where.Url is { } url && refused.IsUnknownCredential
                    ? new LocalException($"The orchestrator at {url} does not take {Where.Credential}. {Where.Credential.Mend}", refused, ExitCodes.SignInNeeded)
                    : refused;
            }
        }
        catch (HttpRequestException unreachable) when (unreachable.HttpRequestError == HttpRequestError.ConnectionError && Where.Url is null)
        {
            throw NothingRuns(Where.Folder, unreachable);
        }
        catch (HttpRequestException broken)
        {
            throw new LocalException($"The orchestrator at {Where.Address} {(broken.HttpRequestError == HttpRequestError.ResponseEnded ? "broke off" : "can't be reached")}: {broken.Message}", broken);
        }
        catch (OperationCanceledException late) when (late.InnerException is TimeoutException)
        {
            throw new LocalException($"The orchestrator at {Where.Address} did not answer within {http.Timeout.TotalSeconds} s.", late);
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        string path = answer.RequestMessage?.RequestUri?.AbsolutePath ?? "";
        try
        {
            await using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new LocalException($"The orchestrator answered nothing to {path}.");
        }
        catch (JsonException wrong)
        {
            throw new LocalException($"What answers at {Where.Address} is no orchestrator of this kind: its answer to {path} can't be read.", wrong);
        }
    }

    private static LocalException NothingRuns(StateFolder folder, Exception? inner = null) =>
        new($"No orchestrator runs on {folder.Path}. Start it in another terminal: {Invocation.Command(folder, "")}", inner);

    /// <summary>Comes as the credential's owner, unless a request says as whom.</summary>
    private sealed class Opening(Credential credential, HttpMessageHandler wire) : DelegatingHandler(wire)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization ??= new("Bearer", await credential.BearerAsync(cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
