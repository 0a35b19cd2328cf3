using System.Globalization;
using System.Text;

namespace Orchestrator.Engine.TaskHub;

/// <summary>The task hub is not what was last acknowledged: damaged, cut, or put back to an older state. Nothing runs on it until a person decides.</summary>
public sealed class TaskHubDamagedException(string path, IntegrityReport report) : Exception(Describe(path, report))
{
    private const int ShownInstances = 20;
    private const int ShownSteps = 5;

    public string Path { get; } = path;

    public IntegrityReport Report { get; } = report;

    private static string Describe(string path, IntegrityReport report)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"The task hub '{path}' is not what was last acknowledged, so nothing runs on it. {report.Finding}");
        if (report.Instances.Count > 0)
        {
            string instances = string.Join("; ", report.Instances.Take(ShownInstances).Select(instance => $"{instance.InstanceId}: {Shown(instance.What, ShownSteps, ", ")}"));
            text.Append(CultureInfo.InvariantCulture, $" Instances concerned: {instances}");
            text.Append(report.Instances.Count > ShownInstances ? $"; and {report.Instances.Count - ShownInstances:N0} more." : ".");
        }

        if (report.UnnamedRows > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" Of {report.UnnamedRows:N0} more lost rows nobody can say whose they were.");
        }

        text.Append(report.CanBeAccepted
            ? " Look with 'hub verify'; then either put a backup in place with 'hub restore FILE', or go on with what is there by 'hub verify --accept-loss --as WHO --reason WHY'."
            : " Put a backup in place with 'hub restore FILE'.");
        return text.ToString();
    }

    private static string Shown(IReadOnlyList<string> all, int shown, string separator) =>
        string.Join(separator, all.Take(shown)) + (all.Count > shown ? $" and {all.Count - shown:N0} more" : "");
}
