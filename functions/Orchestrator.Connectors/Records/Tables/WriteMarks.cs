using System.Security.Cryptography;
using Azure.Data.Tables;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>
/// Random marks by which a writer knows its own write again. When an answer of the service is lost, the request is sent again and meets its own rows: without a mark that
/// looks like somebody else's change, and a vote would be refused as the second of the same person.
/// </summary>
internal static class WriteMarks
{
    public const string Property = "Marks";

    private const int Kept = 16;

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public static bool Has(TableEntity row, string mark) => Of(row).Contains(mark);

    /// <summary>Puts the mark on what becomes of <paramref name="before"/>, whose newest marks stay: others may have written since.</summary>
    public static void Put(TableEntity row, TableEntity? before, string mark) =>
        row[Property] = string.Join(' ', (before is null ? [] : Of(before)).Prepend(mark).Take(Kept));

    private static string[] Of(TableEntity row) => row.GetString(Property)?.Split(' ') ?? [];
}
