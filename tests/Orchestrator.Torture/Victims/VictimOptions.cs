using System.CommandLine;
using System.Globalization;
using Orchestrator.Engine;

namespace Orchestrator.Torture.Victims;

/// <summary>How a victim is started: its files, and how it meets its end.</summary>
/// <param name="Folder">Holds the hub and the ledgers of the world outside it.</param>
/// <param name="Generation">How many processes there were on this folder before it.</param>
internal sealed record VictimOptions(string Folder, int Generation)
{
    private static readonly Option<string> FolderOption = new("--folder") { Required = true };
    private static readonly Option<int> GenerationOption = new("--generation");
    private static readonly Option<string?> CrashOption = new("--crash");
    private static readonly Option<int> ResidentOption = new("--resident") { DefaultValueFactory = _ => 2_000 };
    private static readonly Option<int> ActivitiesOption = new("--activities") { DefaultValueFactory = _ => 64 };
    private static readonly Option<int> CrashesOption = new("--crashes") { DefaultValueFactory = _ => int.MaxValue };

    /// <summary>It kills itself at this point...</summary>
    public CrashPoint? CrashPoint { get; init; }

    /// <summary>...at the how-manieth time, from 1.</summary>
    public int CrashTime { get; init; } = 1;

    public int MaxResidentInstances { get; init; } = 2_000;

    public int MaxConcurrentActivities { get; init; } = 64;

    public int MaxCrashesPerActivity { get; init; } = int.MaxValue;

    public string HubPath => Path.Combine(Folder, "hub.db");

    public string LedgerPath => Path.Combine(Folder, "ledger");

    public string BankPath => Path.Combine(Folder, "bank");

    public static Command Describe(Command command)
    {
        command.Options.Add(FolderOption);
        command.Options.Add(GenerationOption);
        command.Options.Add(CrashOption);
        command.Options.Add(ResidentOption);
        command.Options.Add(ActivitiesOption);
        command.Options.Add(CrashesOption);
        return command;
    }

    public static VictimOptions Read(ParseResult parsed)
    {
        string[]? crash = parsed.GetValue(CrashOption)?.Split('#');
        return new(parsed.GetRequiredValue(FolderOption), parsed.GetValue(GenerationOption))
        {
            CrashPoint = crash is null ? null : Enum.Parse<CrashPoint>(crash[0]),
            CrashTime = crash is null ? 1 : int.Parse(crash[1], CultureInfo.InvariantCulture),
            MaxResidentInstances = parsed.GetValue(ResidentOption),
            MaxConcurrentActivities = parsed.GetValue(ActivitiesOption),
            MaxCrashesPerActivity = parsed.GetValue(CrashesOption),
        };
    }

    public IEnumerable<string> ToArguments()
    {
        IEnumerable<string> always =
        [
            VictimVerb.Name,
            FolderOption.Name, Folder,
            GenerationOption.Name, Text(Generation),
            ResidentOption.Name, Text(MaxResidentInstances),
            ActivitiesOption.Name, Text(MaxConcurrentActivities),
            CrashesOption.Name, Text(MaxCrashesPerActivity),
        ];
        return CrashPoint is null ? always : [.. always, CrashOption.Name, $"{CrashPoint}#{Text(CrashTime)}"];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
