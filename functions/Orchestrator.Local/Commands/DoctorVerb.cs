using System.CommandLine;
using Orchestrator.Local.Doctor;
using Spectre.Console;

namespace Orchestrator.Local.Commands;

/// <summary><c>doctor</c>: looks at everything this installation depends on and says how to mend what is wrong.</summary>
internal static class DoctorVerb
{
    public static Command Build()
    {
        var command = new Command("doctor", "Checks settings, keys and their permissions, mail, Teams, policy, state and integrity, without changing anything. Exit 1 when something is wrong.") { CommonOptions.Output };
        command.Does(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        Diagnosis diagnosis = await Examination.RunAsync(CommonOptions.Folder(parsed), parsed.GetValue(CommonOptions.SettingsFile), TimeProvider.System, cancellationToken);
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(diagnosis, LocalJson.Default.Diagnosis);
        }
        else
        {
            Show(diagnosis);
        }

        return diagnosis.Wrong == 0 ? ExitCodes.Ok : ExitCodes.Error;
    }

    private static void Show(Diagnosis diagnosis)
    {
        foreach (Finding finding in diagnosis.Findings)
        {
            (string mark, Color color) = finding.Health switch
            {
                Health.Good => ("ok   ", Color.Green),
                Health.Note => ("note ", Color.Yellow),
                _ => ("WRONG", Color.Red),
            };
            Screen.Write(new Text(mark, new Style(color)));
            Screen.Line($" {finding.Area}: {finding.Says}");
            if (finding.Mend is { } mend)
            {
                Screen.Line($"        {mend}");
            }
        }

        Screen.Line("");
        Screen.Line(diagnosis.Wrong switch { 0 => "All is well.", 1 => "One thing is wrong.", var many => $"{many} things are wrong." });
    }
}
