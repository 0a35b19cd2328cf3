using System.CommandLine;
using System.Text.Json;
using Orchestrator.Agents;
using Orchestrator.Agents.Audit;
using Orchestrator.Connectors.Records;
using Orchestrator.Local.Running;
using Orchestrator.Local.State;
using Spectre.Console;

namespace Orchestrator.Local.Commands;

/// <summary><c>audit show|verify|export</c>. Verifying and exporting read the file itself, so that they work while nothing runs and on a copy.</summary>
internal static class AuditVerbs
{
    private static readonly Option<string?> Case = OfCase();

    public static Command Build()
    {
        Option<int?> limit = Checks.Whole("--limit", "The newest so many; default 50, at most 1000.", "N", 1, 1000);
        var show = new Command("show", "Shows the newest records.") { Case, limit, CommonOptions.Output };
        show.Asks((process, parsed, cancellationToken) => ShowAsync(process, parsed, parsed.GetValue(Case), parsed.GetValue(limit) ?? 50, cancellationToken));

        var verify = new Command("verify", "Walks the whole chain; exit 1 when a record was changed, removed or reordered.") { CommonOptions.Output };
        verify.Does(VerifyAsync);

        Option<string?> file = new("--file") { Description = "Where to; default stdout.", HelpName = "FILE" };
        var export = new Command("export", "Writes every record as a line of JSON.") { Case, file };
        export.Does((parsed, cancellationToken) => ExportAsync(parsed, parsed.GetValue(file), cancellationToken));

        return new("audit", "The audit log: every outward call and every decision, hash-chained.") { show, verify, export };
    }

    private static async Task<int> ShowAsync(RunningProcess process, ParseResult parsed, string? caseId, int limit, CancellationToken cancellationToken)
    {
        string query = $"api/audit?limit={limit}{(caseId is null ? "" : "&case=" + Uri.EscapeDataString(caseId))}";
        JsonElement answer = await process.GetAsync(query, ApiJson.Default.JsonElement, cancellationToken);
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(answer, ApiJson.Default.JsonElement);
            return ExitCodes.Ok;
        }

        Table table = Screen.Table("#", "Time", "Case", "Actor", "Tool", "Outcome", "Objects");
        foreach (ApiAuditRecord record in answer.Deserialize(ApiJson.Default.ApiAuditPage)!.Records)
        {
            ApiAuditEntry entry = record.Entry;
            table.Row(record.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture), Screen.Time(entry.Time), entry.CaseId, entry.Actor, entry.Tool, entry.Outcome, string.Join(' ', entry.Objects));
        }

        Screen.Write(table);
        return ExitCodes.Ok;
    }

    private static async Task<int> VerifyAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using SqliteRecords records = Open(CommonOptions.Folder(parsed));
        AuditVerdict verdict = await records.Audit.VerifyAsync(cancellationToken);
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(new(verdict.Holds, verdict.Records, verdict.FirstBad, verdict.Finding), ApiJson.Default.ApiAuditVerdict);
        }
        else
        {
            Screen.Line(verdict.Finding);
        }

        return verdict.Holds ? ExitCodes.Ok : ExitCodes.Error;
    }

    private static async Task<int> ExportAsync(ParseResult parsed, string? file, CancellationToken cancellationToken)
    {
        await using SqliteRecords records = Open(CommonOptions.Folder(parsed));
        await using Stream target = file is null ? Console.OpenStandardOutput() : Create(file);
        await foreach (AuditRecord record in records.Audit.ReadAsync(parsed.GetValue(Case), cancellationToken))
        {
            await JsonSerializer.SerializeAsync(target, record, AgentsJson.Default.AuditRecord, cancellationToken);
            target.WriteByte((byte)'\n');
        }

        return ExitCodes.Ok;
    }

    private static Option<string?> OfCase()
    {
        var option = new Option<string?>("--case") { Description = "Only of this case.", HelpName = "CASE" };
        option.Validators.Add(result => Checks.CheckId(result, "CASE"));
        return option;
    }

    private static FileStream Create(string file)
    {
        try
        {
            return File.Create(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new LocalException(refused.Message, refused);
        }
    }

    private static SqliteRecords Open(StateFolder folder)
    {
        try
        {
            return SqliteRecords.OpenForReading(folder.Records);
        }
        catch (RecordsException missing)
        {
            throw new LocalException(missing.Message, missing);
        }
    }
}
