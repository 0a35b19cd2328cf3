using System.Globalization;

namespace Orchestrator.Torture.Kills;

/// <summary>How much was acknowledged and recorded through how many kills.</summary>
internal sealed record Tally(int Kills, int Starts, int Events, int Steps)
{
    public static Tally Of(int kills, IReadOnlyList<Case> cases) => new(
        kills,
        cases.Count(it => it.StartAcknowledged),
        cases.Sum(it => it.Events.Count(sent => sent.Acknowledged)),
        cases.Sum(it => it.Seen.Count(entry => entry.Kind is "TaskCompleted" or "TimerFired" or "SubOrchestrationInstanceCompleted")));

    public static Tally operator +(Tally left, Tally right) =>
        new(left.Kills + right.Kills, left.Starts + right.Starts, left.Events + right.Events, left.Steps + right.Steps);

    public static Tally Add(Tally left, Tally right) => left + right;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kills} kills, {Starts} acknowledged starts, {Events} events, {Steps} steps");
}
