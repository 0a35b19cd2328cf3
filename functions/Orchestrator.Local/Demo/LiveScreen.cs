using Orchestrator.Local.Commands;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orchestrator.Local.Demo;

/// <summary>One table that changes as the story goes, in a terminal.</summary>
internal sealed class LiveScreen(LiveDisplayContext display) : IAudience
{
    private readonly List<string> _heard = [];
    private Stage? _stage;

    public static async Task<T> PlayAsync<T>(IAnsiConsole console, Func<IAudience, Task<T>> play) =>
        await console.Live(new Text("")).StartAsync(display => play(new LiveScreen(display)));

    public void Hear(string what)
    {
        _heard.Add(what);
        Draw();
    }

    public void See(Scene scene, Stage stage)
    {
        _stage = stage;
        Draw();
    }

    private void Draw()
    {
        List<IRenderable> rows = [.. _heard.TakeLast(6).Select(line => new Text(line, new Style(Color.Grey)))];
        if (_stage is { } stage)
        {
            Table table = Screen.Table("Mail", "Where it is");
            foreach (Scene scene in Story.Scenes)
            {
                Stage.Part part = stage[scene];
                Color color = part.Case is { HasEnded: true } ? Color.Green : part.Case?.Standing == "awaitingApproval" ? Color.Yellow : Color.Default;
                _ = table.AddRow(new Text(scene.Title), new Text(part.Says, new Style(color)));
            }

            rows.Add(table);
        }

        display.UpdateTarget(new Rows(rows));
        display.Refresh();
    }
}
