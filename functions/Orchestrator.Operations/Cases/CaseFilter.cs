using System.Globalization;
using Orchestrator.Agents.Cases;

namespace Orchestrator.Operations.Cases;

/// <summary>Which cases to list; its parts are the query string, so every list is a link.</summary>
/// <param name="Standing">A standing's name in lower case with hyphens, or <c>open</c>, <c>needs-person</c>; null: all.</param>
/// <param name="Cursor">Where the last page ended.</param>
internal sealed record CaseFilter(string? Standing, CasePhase? Phase, string? Search, int Limit, string? Cursor)
{
    public const int DefaultLimit = 50;

    public static CaseFilter Read(string? status, string? phase, string? search, string? limit, string? cursor) => new(
        string.IsNullOrWhiteSpace(status) ? null : status.Trim().ToLowerInvariant(),
        Enum.TryParse(phase, ignoreCase: true, out CasePhase known) ? known : null,
        string.IsNullOrWhiteSpace(search) ? null : search.Trim()[..Math.Min(search.Trim().Length, 200)],
        int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? Math.Clamp(count, 1, 200) : DefaultLimit,
        cursor);

    public bool Matches(CaseView one) => (Phase is null || one.Phase == Phase) && Standing switch
    {
        null => true,
        "open" => one.IsOpen,
        "needs-person" => one.NeedsPerson,
        var name => NameOf(one.Standing) == name,
    };

    /// <summary><c>AwaitingApproval</c> as <c>awaiting-approval</c>.</summary>
    public static string NameOf(CaseStanding standing) =>
        string.Concat(standing.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
