using System.Globalization;

namespace Orchestrator.Local.Demo;

/// <summary>A line for everything that happens, where there is no terminal.</summary>
internal sealed class PlainLog(TextWriter output, TimeProvider clock) : IAudience
{
    private readonly long _began = clock.GetTimestamp();
    private readonly Dictionary<Scene, string> _said = [];

    public void Hear(string what) => Write(what);

    public void See(Scene scene, Stage stage)
    {
        string says = stage[scene].Says;
        if (says.Length > 0 && _said.GetValueOrDefault(scene) != says)
        {
            _said[scene] = says;
            Write($"{scene.Title}: {says}");
        }
    }

    private void Write(string line) => output.WriteLine($"{clock.GetElapsedTime(_began).TotalSeconds.ToString("F1", CultureInfo.InvariantCulture),5} s  {line}");
}
