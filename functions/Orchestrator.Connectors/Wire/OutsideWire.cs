using System.Net;
using System.Net.Http.Headers;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Wire;

/// <summary>An answer read to its end.</summary>
internal sealed record OutsideAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, string Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Whether the same request was sent before this was answered, and may have been carried out then.</summary>
    public bool SentBefore { get; init; }

    public string? Header(string name) => Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
}

/// <summary>
/// How connectors speak HTTP: no redirects (a key would follow them), no cookies, a limit on time and on size, and every way of not getting an answer turned into
/// a failure that says whether something may have happened there.
/// </summary>
internal static class OutsideWire
{
    public const long LargestAnswer = 8 * 1024 * 1024;

    /// <summary>A client for one service. Its timeout is per request, in <see cref="SendAsync"/>.</summary>
    /// <param name="address">Null when each request brings its whole address.</param>
    public static HttpClient CreateClient(Uri? address) =>
        new(CreateHandler()) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };

    /// <summary>The connections under such a client, for a vendor's own client to send on.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        Proxy = new ProxyForOthers(HttpClient.DefaultProxy),
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>The same for a vendor's package, which keeps its own time, and would read an answer of any length.</summary>
    public static HttpClient CreateClientForPackage() => new(new WholeAnswers(LargestAnswer) { InnerHandler = CreateHandler() }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="who">For messages: <c>Stripe</c>.</param>
    /// <param name="changesTheWorld">Whether a request that left may have done something.</param>
    /// <exception cref="TransientFailureException">Nothing can have happened.</exception>
    /// <exception cref="OutcomeUnknownException">It changes the world, left, and no answer came.</exception>
    public static async Task<OutsideAnswer> SendAsync(HttpClient client, HttpRequestMessage request, string who, TimeSpan timeout, bool changesTheWorld, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
            return new(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(limit.Token));
        }
        catch (Exception exception) when (FailureOf(exception, who, Address(client, request), timeout, changesTheWorld, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>What an exception that stands in place of an answer amounts to; null when it is none of the wire's, as when the caller gave up.</summary>
    /// <param name="sentBefore">The request was sent before the one that failed, and may have been carried out then.</param>
    public static OutsideFailureException? FailureOf(Exception exception, string who, Uri address, TimeSpan timeout, bool changesTheWorld, CancellationToken cancellationToken, bool sentBefore = false) => exception switch
    {
        HttpRequestException unreached when NeverLeft(unreached) && !sentBefore =>
            new TransientFailureException($"{who} could not be reached at {address.GetLeftPart(UriPartial.Authority)} ({unreached.HttpRequestError}). Nothing was sent.", "unreachable", inner: exception),
        HttpRequestException or IOException => NoAnswer(who, "the connection broke before an answer came", "connection_lost", changesTheWorld, exception),
        OperationCanceledException when !cancellationToken.IsCancellationRequested => NoAnswer(who, $"no answer came within {timeout.TotalSeconds:0.#} s", "timeout", changesTheWorld, exception),
        _ => null,
    };

    public static OutsideFailureException NoAnswer(string who, string what, string code, bool changesTheWorld, Exception? inner, string? requestId = null) => changesTheWorld
        ? new OutcomeUnknownException($"{who}: {what}. The request may have been carried out: read there before anything is sent again.", code, requestId, inner)
        : new TransientFailureException($"{who}: {what}.", code, requestId, inner);

    /// <summary>A key as a bearer token. Refused in words that do not show it when it can't be one.</summary>
    public static AuthenticationHeaderValue Bearer(KeyLease key) => new("Bearer", Visible(key));

    /// <summary>The key's value, once it is sure that it can stand in a header.</summary>
    /// <exception cref="PermanentFailureException">It is empty, or has blanks, line breaks or other characters that no such key has.</exception>
    public static string Visible(KeyLease key)
    {
        string value = key.Reveal();
        return value.Length > 0 && value.All(letter => letter is > ' ' and < '\x7f')
            ? value
            : throw new PermanentFailureException($"The value of key '{key.Name}' (version {key.Version}) is empty or holds blanks or line breaks. Store it again as it was given, with nothing before or after it.", "key_malformed");
    }

    /// <summary><c>Retry-After</c>, in seconds or as a date.</summary>
    public static TimeSpan? RetryAfter(OutsideAnswer answer, TimeProvider clock) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > clock.GetUtcNow() ? date - clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>Whether no byte of the request can have reached the other side.</summary>
    public static bool NeverLeft(HttpRequestException exception) => exception.HttpRequestError
        is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static Uri Address(HttpClient client, HttpRequestMessage request) => request.RequestUri is { IsAbsoluteUri: true } whole ? whole : client.BaseAddress!;

    /// <summary>The system's proxy, though never for this machine itself.</summary>
    private sealed class ProxyForOthers(IWebProxy proxy) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => proxy.Credentials;
            set => proxy.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
    }
}
