namespace Orchestrator.Local.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Area">Such as <c>Stripe key stripe-read</c>.</param>
/// <param name="Says">One sentence.</param>
/// <param name="Mend">What to do about it; null when nothing is wrong.</param>
internal sealed record Finding(string Area, Health Health, string Says, string? Mend = null)
{
    public static Finding Good(string area, string says) => new(area, Health.Good, says);

    public static Finding Note(string area, string says, string? mend = null) => new(area, Health.Note, says, mend);

    public static Finding Wrong(string area, string says, string mend) => new(area, Health.Wrong, says, mend);
}

internal enum Health
{
    Good,

    /// <summary>Not wrong, but worth knowing.</summary>
    Note,
    Wrong,
}

/// <param name="Wrong">How many findings are wrong.</param>
internal sealed record Diagnosis(IReadOnlyList<Finding> Findings, int Wrong);
