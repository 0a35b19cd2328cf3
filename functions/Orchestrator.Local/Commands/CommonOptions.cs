using System.CommandLine;
using System.CommandLine.Parsing;
using Orchestrator.Local.Running;
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

    /// <summary>For verbs that ask an orchestrator.</summary>
    public static readonly Option<string?> Url = new("--url")
    {
        Description = $"An orchestrator anywhere. Default: ${HeadUrl.Variable}, else the one that runs on the state folder. It is opened with ${Credential.TokenVariable}; else on this machine with the state folder's operator token, and elsewhere as you are signed in to Azure, for ${Credential.ScopeVariable}.",
        HelpName = "URL",
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

    /// <summary>Null: the orchestrator of the state folder is meant.</summary>
    public static string? UrlOf(CommandResult result) => HeadUrl.Choose(Typed(result, Url), folderIsNamed: result.GetResult(State) is not null);

    /// <summary>What was typed behind an option; null when it or the option is missing. Asked while parsing, the parser's own <c>GetValue</c> throws on an option without a word.</summary>
    public static string? Typed(SymbolResult result, Option option) => result.GetResult(option)?.Tokens is [{ } first, ..] ? first.Value : null;

    public static Option<string?> Who(string description) => new("--as") { Description = description, HelpName = "WHO" };

    /// <summary>Where no address is named, no token proves who acts.</summary>
    public static void RequireWho(Command command, Option<string?> who) => command.Validators.Add(result =>
    {
        if (result.GetResult(who) is null && UrlOf(result) is null)
        {
            result.AddError("Option '--as' is required.");
        }
    });

    public static LocalSettings Settings(ParseResult parsed) =>
        LocalSettings.Read(Folder(parsed), parsed.GetValue(SettingsFile), Environment.GetEnvironmentVariables());

    public static bool WantsJson(ParseResult parsed) => parsed.GetValue(Output) == "json";

    private static Option<string> Make()
    {
        var option = new Option<string>("--output", "-o") { Description = "text or json.", DefaultValueFactory = _ => "text", HelpName = "FORMAT" };
        return option.AcceptOnlyFromAmong("text", "json");
    }
}
