namespace Orchestrator.Benchmarks.Engine.Growth;

/// <summary>Small panels side by side, both axes logarithmic, so that a straight line is a power and a flat one does not grow.</summary>
internal sealed record Chart(string Title, string Caption, IReadOnlyList<Panel> Panels);

/// <param name="Unit">Of every figure in it, as in "ms".</param>
internal sealed record Panel(string Title, string Across, string Unit, IReadOnlyList<Series> Lines);

/// <param name="Points">Positive figures by a positive size, in ascending order.</param>
internal sealed record Series(string Label, IReadOnlyList<(double At, double Figure)> Points);
