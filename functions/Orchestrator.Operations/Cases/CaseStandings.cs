namespace Orchestrator.Operations.Cases;

/// <summary>Where cases stand, in the words of query strings, command lines and tables.</summary>
public static class CaseStandings
{
    /// <summary>Every word that a list can be narrowed by.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<CaseStanding>().Select(NameOf), "open"];

    /// <summary><c>AwaitingApproval</c> as <c>awaiting-approval</c>.</summary>
    public static string NameOf(CaseStanding standing) =>
        string.Concat(standing.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));

    /// <param name="standing">As the API says it; a word of a newer version stays as it is.</param>
    public static string Word(string standing) => Enum.TryParse(standing, ignoreCase: true, out CaseStanding known) ? NameOf(known) : standing;
}
