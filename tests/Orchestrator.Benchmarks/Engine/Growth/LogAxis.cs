using System.Globalization;

namespace Orchestrator.Benchmarks.Engine.Growth;

/// <summary>Whole decades over the figures, laid from one pixel to another.</summary>
internal sealed class LogAxis
{
    private readonly int _low;
    private readonly int _high;
    private readonly double _from;
    private readonly double _to;

    public LogAxis(IReadOnlyCollection<double> figures, double from, double to)
    {
        (_from, _to) = (from, to);
        _low = (int)Math.Floor(Math.Log10(figures.Min()) + 1e-9);
        _high = Math.Max(_low + 1, (int)Math.Ceiling(Math.Log10(figures.Max()) - 1e-9));
    }

    /// <summary>The decades; with a single one, two more in it.</summary>
    public IEnumerable<double> Ticks => _high == _low + 1
        ? ((double[])[1, 2, 5, 10]).Select(step => step * Math.Pow(10, _low))
        : Enumerable.Range(_low, _high - _low + 1).Select(power => Math.Pow(10, power));

    public double Pixel(double figure) => _from + ((Math.Log10(figure) - _low) / (_high - _low) * (_to - _from));

    /// <summary>As in 0.1, 50, 10k, 2M.</summary>
    public static string Label(double figure) => figure switch
    {
        >= 1_000_000 => Short(figure / 1_000_000) + "M",
        >= 1_000 => Short(figure / 1_000) + "k",
        _ => Short(figure),
    };

    private static string Short(double figure) => Math.Round(figure, figure >= 100 ? 0 : figure >= 10 ? 1 : figure >= 1 ? 2 : 3).ToString(CultureInfo.InvariantCulture);
}
