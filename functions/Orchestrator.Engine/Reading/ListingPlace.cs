using System.Globalization;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Reading;

/// <summary>Where a listing goes on: after this instance, newest first. As text it is the continuation token, which means the same to every process that opens the hub.</summary>
internal readonly record struct ListingPlace(long Created, long Key)
{
    public static readonly ListingPlace Start = new(long.MaxValue, long.MaxValue);

    /// <exception cref="ContinuationTokenException">It is no such token.</exception>
    public static ListingPlace Parse(string? token)
    {
        if (token is null)
        {
            return Start;
        }

        string[] parts = token.Split('-');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long created)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long key)
            ? new(created, key)
            : throw new ContinuationTokenException(token);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Created}-{Key}");
}
