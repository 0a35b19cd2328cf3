using System.CommandLine;
using System.Globalization;
using Orchestrator.Local.Commands;
using Spectre.Console;

namespace Orchestrator.Local.Demo;

/// <summary><c>demo</c>: the whole story in one command.</summary>
internal static class DemoVerb
{
    public static Command Build()
    {
        var command = new Command("demo", "Plays the whole story: mails, decisions, a kill in the middle of a refund, and what came of it.") { CommonOptions.Output };
        command.Does(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        bool json = CommonOptions.WantsJson(parsed);
        bool live = !json && !Console.IsOutputRedirected && Screen.Out.Profile.Capabilities.Ansi;
        Outcome outcome;
        await using (Theatre theatre = await Theatre.BuildAsync(cancellationToken))
        {
            outcome = live
                ? await LiveScreen.PlayAsync(Screen.Out, audience => new Play(theatre, audience, TimeProvider.System).RunAsync(cancellationToken))
                : await new Play(theatre, new PlainLog(json ? Console.Error : Console.Out, TimeProvider.System), TimeProvider.System).RunAsync(cancellationToken);
        }

        if (json)
        {
            Screen.Json(outcome, LocalJson.Default.Outcome);
        }
        else
        {
            Show(outcome);
        }

        return outcome.IsAsDeserved ? ExitCodes.Ok : ExitCodes.Error;
    }

    private static void Show(Outcome outcome)
    {
        Screen.Line("");
        Table cases = Screen.Table("Mail", "Ended", "Refund", "Mails", "As deserved", "Why");
        foreach (SceneOutcome scene in outcome.Scenes)
        {
            cases.Row(scene.Title, scene.End ?? "(open)", scene.Refund, scene.Mails.ToString(CultureInfo.InvariantCulture), scene.Complaints.Count == 0 ? "yes" : "NO: " + string.Join("; ", scene.Complaints), scene.Why);
        }

        Screen.Write(cases);
        Screen.Line("");
        Screen.Line("The sandbox's ledger of refunds made by the agent:");
        Table ledger = Screen.Table("Refund", "Order", "Amount", "Status", "Case");
        foreach (LedgerLine line in outcome.Ledger)
        {
            ledger.Row(line.Refund, line.Order, line.Amount, line.Status, line.CaseId);
        }

        Screen.Write(ledger);
        Screen.Line("");
        Screen.Line("Audit: " + outcome.Audit);
        Screen.Line(outcome.LastLine);
    }
}
