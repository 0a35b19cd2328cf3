using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>
/// Parts of row keys. Ids and addresses stand in them as SHA-256 only: keys forbid characters that ids may have
/// (learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model), and they end up in logs and metrics of the storage account.
/// </summary>
internal static class RowKeys
{
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Sorts as the number does.</summary>
    public static string Number(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    public static string OldestFirst(DateTimeOffset time) => Number(time.UtcTicks);

    public static string NewestFirst(DateTimeOffset time) => Number(DateTimeOffset.MaxValue.UtcTicks - time.UtcTicks);

    /// <summary>Behind every key that begins with <paramref name="prefix"/> and a hyphen, and before every other one.</summary>
    public static string End(string prefix) => prefix + ".";
}
