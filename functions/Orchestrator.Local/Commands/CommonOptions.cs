using System.CommandLine;
using Orchestrator.Local.Settings;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Commands;

/// <summary>What every verb takes.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> State = new("--state")
    {
        Description = $"The state folder. Default: ${StateFolder.Variable}, else {StateFolder.DefaultPath}.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<string?> SettingsFile = new("--settings")
    {
        Description = "The settings file. Default: local.settings.json in the state folder, if there is one.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<string> Output = Make();

    /// <summary>Ends with the process that holds the other end of standard input.</summary>
    public static readonly Option<bool> WithParent = new("--with-parent") { Hidden = true };

    public static void AddTo(RootCommand root)
    {
        root.Options.Add(State);
        root.Options.Add(SettingsFile);
    }

    public static StateFolder Folder(ParseResult parsed) => StateFolder.Choose(parsed.GetValue(State));

    public static LocalSettings Settings(ParseResult parsed) =>
        LocalSettings.Read(Folder(parsed), parsed.GetValue(SettingsFile), Environment.GetEnvironmentVariables());

    public static bool WantsJson(ParseResult parsed) => parsed.GetValue(Output) == "json";

    private static Option<string> Make()
    {
        var option = new Option<string>("--output", "-o") { Description = "text or json.", DefaultValueFactory = _ => "text", HelpName = "FORMAT" };
        return option.AcceptOnlyFromAmong("text", "json");
    }
}
