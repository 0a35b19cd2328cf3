using System.Globalization;
using System.Security;
using System.Text;

namespace Orchestrator.Benchmarks.Engine.Growth;

/// <summary>
/// Draws a chart as one SVG file that needs nothing else. It brings its own ground, light or dark as the reader's system asks,
/// because a page that shows it as a picture may be of either kind.
/// </summary>
internal static class ChartSvg
{
    private const int Width = 980, Columns = 2, PanelWidth = 470, PanelHeight = 236, Top = 58, Margin = 20, Foot = 44;
    private const int Left = 52, Right = 122, Above = 32, Below = 44;

    private const string Style = """
        text{font-family:-apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,"DejaVu Sans",sans-serif;font-size:12px;fill:#57606a}
        .ground{fill:#ffffff;stroke:#d0d7de}.title{font-size:17px;font-weight:600;fill:#1f2328}.name{font-size:13px;font-weight:600;fill:#1f2328}
        .grid{stroke:#d8dee4;stroke-width:1}.line{fill:none;stroke-width:2}.label{font-weight:600}
        .s0{stroke:#0969da}.s1{stroke:#bc4c00;stroke-dasharray:7 3}.s2{stroke:#8250df;stroke-dasharray:2 3}
        .d0{fill:#0969da}.d1{fill:#bc4c00}.d2{fill:#8250df}
        @media (prefers-color-scheme:dark){text{fill:#9198a1}.ground{fill:#0d1117;stroke:#3d444d}.title,.name{fill:#f0f6fc}.grid{stroke:#2a313c}
        .s0{stroke:#58a6ff}.s1{stroke:#f0883e}.s2{stroke:#d2a8ff}.d0{fill:#58a6ff}.d1{fill:#f0883e}.d2{fill:#d2a8ff}}
        """;

    public static string Draw(Chart chart)
    {
        int height = Top + ((chart.Panels.Count + Columns - 1) / Columns * PanelHeight) + Foot;
        StringBuilder svg = new();
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" role="img" aria-labelledby="title caption">""");
        Line(svg, $"<style>{Style}</style>");
        Line(svg, $"""<rect class="ground" x="0.5" y="0.5" width="{Width - 1}" height="{height - 1}" rx="8"/>""");
        Line(svg, $"""<text id="title" class="title" x="{Margin}" y="34">{Text(chart.Title)}</text>""");
        for (int i = 0; i < chart.Panels.Count; i++)
        {
            Draw(svg, chart.Panels[i], Margin + (i % Columns * PanelWidth), Top + (i / Columns * PanelHeight));
        }

        Line(svg, $"""<text id="caption" x="{Margin}" y="{height - 20}">{Text(chart.Caption)}</text>""");
        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static void Draw(StringBuilder svg, Panel panel, int x, int y)
    {
        (double left, double right, double top, double bottom) = (x + Left, x + PanelWidth - Right, y + Above, y + PanelHeight - Below);
        LogAxis across = new([.. panel.Lines.SelectMany(line => line.Points).Select(point => point.At)], left, right);
        LogAxis up = new([.. panel.Lines.SelectMany(line => line.Points).Select(point => point.Figure)], bottom, top);
        Line(svg, $"""<text class="name" x="{x}" y="{y + 14}">{Text($"{panel.Title} ({panel.Unit})")}</text>""");
        foreach (double tick in up.Ticks)
        {
            Line(svg, $"""<path class="grid" d="M{left:F1} {up.Pixel(tick):F1}H{right:F1}"/><text x="{left - 7:F1}" y="{up.Pixel(tick) + 4:F1}" text-anchor="end">{LogAxis.Label(tick)}</text>""");
        }

        foreach (double tick in across.Ticks)
        {
            Line(svg, $"""<path class="grid" d="M{across.Pixel(tick):F1} {top:F1}V{bottom:F1}"/><text x="{across.Pixel(tick):F1}" y="{bottom + 16:F1}" text-anchor="middle">{LogAxis.Label(tick)}</text>""");
        }

        Line(svg, $"""<text x="{(left + right) / 2:F1}" y="{bottom + 33:F1}" text-anchor="middle">{Text(panel.Across)}</text>""");
        IReadOnlyList<double> labels = Apart([.. panel.Lines.Select(line => up.Pixel(line.Points[^1].Figure))]);
        for (int i = 0; i < panel.Lines.Count; i++)
        {
            Draw(svg, panel, i, across, up, labels[i]);
        }
    }

    private static void Draw(StringBuilder svg, Panel panel, int index, LogAxis across, LogAxis up, double labelAt)
    {
        Series line = panel.Lines[index];
        string path = string.Join('L', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{across.Pixel(point.At):F1} {up.Pixel(point.Figure):F1}")));
        Line(svg, $"""<path class="line s{index}" d="M{path}"/>""");
        foreach ((double at, double figure) in line.Points)
        {
            Line(svg, $"""<circle class="d{index}" cx="{across.Pixel(at):F1}" cy="{up.Pixel(figure):F1}" r="3"><title>{Text(line.Label)}: {LogAxis.Label(figure)} {Text(panel.Unit)} at {LogAxis.Label(at)}</title></circle>""");
        }

        (double last, double value) = line.Points[^1];
        Line(svg, $"""<text class="label d{index}" x="{across.Pixel(last) + 9:F1}" y="{labelAt + 4:F1}">{Text($"{line.Label} {LogAxis.Label(value)} {panel.Unit}".Trim())}</text>""");
    }

    /// <summary>Moves labels that would lie on each other apart, and leaves their order.</summary>
    private static double[] Apart(double[] wanted)
    {
        const double Least = 15;
        double[] placed = new double[wanted.Length];
        double before = double.NegativeInfinity;
        foreach (int i in Enumerable.Range(0, wanted.Length).OrderBy(i => wanted[i]))
        {
            placed[i] = before = Math.Max(wanted[i], before + Least);
        }

        return placed;
    }

    private static string Text(string text) => SecurityElement.Escape(text);

    private static void Line(StringBuilder svg, FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
