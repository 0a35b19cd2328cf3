using System.CommandLine;
using System.Text.Json;
using Orchestrator.Local.Running;

namespace Orchestrator.Local.Commands;

/// <summary><c>cases suspend|resume|rewind|end|purge</c>: by one person, with a reason, on the record.</summary>
internal static class CaseActVerbs
{
    private static readonly Option<string?> Who = CommonOptions.Who("Who acts: a member of a group that may. Left out with a token of --url, which proves that.");
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; it is kept in the case file.", HelpName = "TEXT", Required = true };

    private static readonly (string Verb, string Address, string Does, string Done)[] Acts =
    [
        ("suspend", "suspend", "Holds a case's next step back until it is resumed.", "is suspended"),
        ("resume", "resume", "Lets a suspended case go on.", "goes on"),
        ("rewind", "rewind", "Does the failed step of a failed case again and goes on from there.", "goes on from the step that failed"),
        ("end", "terminate", "Ends a case; money that moved stays moved.", "is ended"),
        ("purge", "purge", "Deletes an ended case's orchestration and history for good; case file and audit record stay.", "is purged"),
    ];

    public static IEnumerable<Command> Build(Argument<string> id) => Acts.Select(act =>
    {
        Command command = new(act.Verb, act.Does) { id, Who, Reason, CommonOptions.Output };
        CommonOptions.RequireWho(command, Who);
        command.Asks((process, parsed, cancellationToken) => ActAsync(process, parsed, act.Address, act.Done, parsed.GetValue(id)!, cancellationToken));
        return command;
    });

    private static async Task<int> ActAsync(RunningProcess process, ParseResult parsed, string address, string done, string id, CancellationToken cancellationToken)
    {
        string path = "cases/" + Uri.EscapeDataString(id);
        string? bearer = await Decisions.ActAsync(process, parsed.GetValue(Who), path, cancellationToken);
        JsonElement? answer = await process.PostAsync($"api/{path}/{address}", new(parsed.GetValue(Reason)!), ApiJson.Default.ApiCaseAct, bearer, cancellationToken);
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(answer ?? JsonSerializer.SerializeToElement(new() { ["caseId"] = id, ["purged"] = "yes" }, ApiJson.Default.DictionaryStringString), ApiJson.Default.JsonElement);
        }
        else
        {
            Screen.Line($"{id} {done}.");
        }

        return ExitCodes.Ok;
    }
}
