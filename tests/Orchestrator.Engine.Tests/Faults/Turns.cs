namespace Orchestrator.Engine.Tests.Faults;

/// <summary>
/// One measure without and with something beside it, taken in turns. What else a shared machine does only ever adds, to whichever side it meets, so of each side the lower
/// quartile of its rounds counts: what slows most rounds shows, noise in some of them does not, and a lucky round or two decide nothing.
/// </summary>
internal sealed class Turns
{
    private readonly List<double> _alone = [];
    private readonly List<double> _beside = [];

    public void Add(double alone, double beside)
    {
        _alone.Add(alone);
        _beside.Add(beside);
    }

    public double Ratio => Quartile(_beside) / Quartile(_alone);

    public override string ToString() => string.Join(", ", _alone.Zip(_beside, (alone, beside) => $"{alone:F2}/{beside:F2}"));

    private static double Quartile(List<double> rounds) => rounds.Order().ElementAt(rounds.Count / 4);
}
