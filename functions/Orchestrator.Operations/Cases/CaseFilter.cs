using System.Globalization;
using Orchestrator.Agents.Cases;

namespace Orchestrator.Operations.Cases;

/// <summary>Which cases to list; its parts are the query string, so every list is a link.</summary>
/// <param name="Standing">A standing's name in lower case with hyphens, or <c>open</c>, <c>needs-person</c>; null: all.</param>
/// <param name="Id">Only cases that know this id of a customer, charge or refund, or have it; over all cases, not the newest alone.</param>
/// <param name="Cursor">Where the last page ended.</param>
internal sealed record CaseFilter(string? Standing, CasePhase? Phase, string? Search, int Limit, string? Cursor, string? Id = null)
{
    public const int DefaultLimit = 50;

    public static CaseFilter Read(string? status, string? phase, string? search, string? limit, string? cursor, string? id = null) => new(
        string.IsNullOrWhiteSpace(status) ? null : status.Trim().ToLowerInvariant(),
        Enum.TryParse(phase, ignoreCase: true, out CasePhase known) ? known : null,
        Short(search),
        int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? Math.Clamp(count, 1, 200) : DefaultLimit,
        cursor,
        Short(id));

    public bool Matches(CaseView one) => (Phase is null || one.Phase == Phase) && Standing switch
    {
        null => true,
        "open" => one.IsOpen,
        "needs-person" => one.NeedsPerson,
        var name => CaseStandings.NameOf(one.Standing) == name,
    };

    private static string? Short(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim()[..Math.Min(text.Trim().Length, 200)];
}
