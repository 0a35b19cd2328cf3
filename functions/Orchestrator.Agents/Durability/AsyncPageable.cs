namespace Orchestrator.Agents.Durability;

/// <summary>One page of a listing.</summary>
/// <param name="ContinuationToken">
/// Where the next page begins; null at the end. It is a value, not a cursor: it may be kept, sent and given back to another process after a restart.
/// Only the backend that made it understands it.
/// </param>
public sealed record Page<T>(IReadOnlyList<T> Values, string? ContinuationToken);

/// <summary>A listing that is fetched page by page, value by value or page by page. Names of Durable Functions' <c>AsyncPageable</c>.</summary>
/// <param name="fetch">One page: the token it begins at, or null for the first, and the most values it may have.</param>
public sealed class AsyncPageable<T>(int pageSize, Func<string?, int, CancellationToken, Task<Page<T>>> fetch) : IAsyncEnumerable<T>
{
    /// <param name="continuationToken">Of the page before; null for the first.</param>
    /// <exception cref="ContinuationTokenException">The token is not one of this backend.</exception>
    public async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? token = continuationToken;
        do
        {
            Page<T> page = await fetch(token, pageSizeHint ?? pageSize, cancellationToken);
            yield return page;
            token = page.ContinuationToken;
        }
        while (token is not null);
    }

    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (Page<T> page in AsPages(cancellationToken: cancellationToken))
        {
            foreach (T value in page.Values)
            {
                yield return value;
            }
        }
    }
}
