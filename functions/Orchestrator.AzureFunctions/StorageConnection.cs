using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;

namespace Orchestrator.AzureFunctions;

/// <summary>
/// The storage account that the host itself uses, by the same settings
/// (learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity): a connection string, or an account that an identity opens.
/// </summary>
internal sealed class StorageConnection
{
    private const string Name = "AzureWebJobsStorage";

    private readonly string? _connectionString;
    private readonly Uri? _tables;
    private readonly string? _clientId;

    private StorageConnection(string? connectionString, Uri? tables, string? clientId) => (_connectionString, _tables, _clientId) = (connectionString, tables, clientId);

    /// <summary>Null when no storage is named.</summary>
    public static StorageConnection? Read(Func<string, string?> variable)
    {
        if (variable(Name) is { } connectionString)
        {
            return new(connectionString, null, null);
        }

        string? address = variable(Name + "__tableServiceUri") ?? (variable(Name + "__accountName") is { } account ? $"https://{account}.table.core.windows.net" : null);
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? tables) ? new(null, tables, variable(Name + "__clientId")) : null;
    }

    /// <summary>Gives up after about half a minute: an activity that waits for its record is tried again by its orchestration.</summary>
    public TableServiceClient OpenTables()
    {
        TableClientOptions options = new() { Retry = { NetworkTimeout = TimeSpan.FromSeconds(10), MaxRetries = 3 } };
        return _connectionString is { } text ? new(text, options) : new(_tables, Identity(), options);
    }

    private TokenCredential Identity() => _clientId is { } id ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id)) : new DefaultAzureCredential();
}
