using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>One table as the stores of this folder use it: rows by key, ranges in order of their keys, and transactions that a race may lose.</summary>
internal sealed class RecordsTable(TableClient client)
{
    /// <summary>The most rows that the service gives at once.</summary>
    public const int LargestPage = 1000;

    private const int ReadsAtOnce = 16;

    public string Name => client.Name;

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateIfNotExistsAsync(cancellationToken);
        }
        catch (Exception exception) when (TableFailures.Of(client, exception, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>The row, or null. A missing table is a failure, not a missing row.</summary>
    public async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetEntityAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (TableFailures.IsMissingRow(exception))
        {
            return null;
        }
        catch (Exception exception) when (TableFailures.Of(client, exception, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>The rows that are there, in the order of <paramref name="rows"/>, read as they come.</summary>
    public async IAsyncEnumerable<TableEntity> FindEachAsync(string partition, IAsyncEnumerable<string> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string[] some in rows.Chunk(ReadsAtOnce).WithCancellation(cancellationToken))
        {
            foreach (TableEntity? found in await Task.WhenAll(some.Select(row => FindAsync(partition, row, cancellationToken))))
            {
                if (found is not null)
                {
                    yield return found;
                }
            }
        }
    }

    /// <summary>Rows from a key on and before another one, in order of their keys (ordinal).</summary>
    /// <param name="page">How many are asked for at once: as many as are wanted.</param>
    /// <param name="only">The properties that are wanted, keys among them; all when null.</param>
    public async IAsyncEnumerable<TableEntity> QueryAsync(string partition, string from, string before, int page, [EnumeratorCancellation] CancellationToken cancellationToken, IReadOnlyList<string>? only = null)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {before}");
        await using IAsyncEnumerator<TableEntity> rows = client.QueryAsync<TableEntity>(filter, Math.Clamp(page, 1, LargestPage), only, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(rows, cancellationToken))
        {
            yield return rows.Current;
        }
    }

    /// <summary>Carries out all of it or nothing.</summary>
    /// <returns>False when a row had been added, changed or removed by somebody else first: possibly by this very request, sent again after its answer was lost.</returns>
    public async Task<bool> TryTransactAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            await client.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (TableFailures.IsLostRace(exception))
        {
            return false;
        }
        catch (Exception exception) when (TableFailures.Of(client, exception, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<TableEntity> rows, CancellationToken cancellationToken)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (Exception exception) when (TableFailures.Of(client, exception, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }
}
