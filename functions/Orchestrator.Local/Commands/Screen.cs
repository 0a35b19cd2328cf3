using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orchestrator.Local.Commands;

/// <summary>Writes data to stdout: tables for people, JSON for programs. Colour where a terminal is and NO_COLOR is not.</summary>
internal static class Screen
{
    private const int WidthWithoutTerminal = 220;

    public static IAnsiConsole Out { get; } = Create();

    public static Table Table(params string[] columns)
    {
        Table table = new() { Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Simple };
        foreach (string column in columns)
        {
            _ = table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        }

        return table;
    }

    /// <summary>A row of plain texts: nothing in them is markup.</summary>
    public static void Row(this Table table, params string?[] cells) => table.AddRow([.. cells.Select(cell => (IRenderable)new Text(cell ?? ""))]);

    public static void Write(IRenderable content) => Out.Write(content);

    public static void Line(string text) => Console.Out.WriteLine(text);

    public static void Json<T>(T value, JsonTypeInfo<T> type) => Console.Out.WriteLine(JsonSerializer.Serialize(value, type));

    public static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static IAnsiConsole Create()
    {
        bool plain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Out),
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        return console;
    }
}
