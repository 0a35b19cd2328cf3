using System.CommandLine;
using System.Text.Json;
using Orchestrator.Local.Running;
using Orchestrator.Operations.Cases;
using Spectre.Console;

namespace Orchestrator.Local.Commands;

/// <summary><c>cases list|show|watch</c>, and what operators do to one: <see cref="CaseActVerbs"/>.</summary>
internal static class CasesVerbs
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>Where every question is paid for.</summary>
    private static readonly TimeSpan PauseAfar = TimeSpan.FromSeconds(2);

    public static Command Build()
    {
        var list = new Command("list", "Lists cases, newest first.");
        Option<string?> status = new("--status") { Description = $"Only these: {string.Join(", ", CaseStandings.Words)}.", HelpName = "STATUS" };
        status.AcceptOnlyFromAmong([.. CaseStandings.Words]);
        Option<string?> search = new("--search") { Description = "Any id of a case, charge, refund or message, or a customer's address.", HelpName = "TEXT" };
        Option<string?> businessId = new("--id") { Description = "Only cases that know this id of a customer, charge or refund at Stripe, however old.", HelpName = "ID" };
        Option<int?> limit = Checks.Whole("--limit", "At most so many; 200 is the most.", "N", 1, 200);
        list.Options.Add(status);
        list.Options.Add(search);
        list.Options.Add(businessId);
        list.Options.Add(limit);
        list.Options.Add(CommonOptions.Output);
        list.Asks((process, parsed, cancellationToken) => ListAsync(process, parsed, parsed.GetValue(status), parsed.GetValue(search), parsed.GetValue(businessId), parsed.GetValue(limit), cancellationToken));

        Argument<string> id = Checks.Id("case", "The case id.", "CASE");
        var show = new Command("show", "Shows one case.");
        show.Arguments.Add(id);
        show.Options.Add(CommonOptions.Output);
        show.Asks((process, parsed, cancellationToken) => ShowAsync(process, parsed, parsed.GetValue(id)!, cancellationToken));

        Option<bool> exitStatus = new("--exit-status") { Description = "Exit 1 when the case ends other than refunded." };
        var watch = new Command("watch", "Follows a case until it ends.");
        watch.Arguments.Add(id);
        watch.Options.Add(exitStatus);
        watch.Options.Add(CommonOptions.Output);
        watch.Asks((process, parsed, cancellationToken) => WatchAsync(process, parsed, parsed.GetValue(id)!, parsed.GetValue(exitStatus), cancellationToken));

        Command cases = new("cases", "Cases: one for each customer matter.") { list, show, watch };
        foreach (Command act in CaseActVerbs.Build(id))
        {
            cases.Subcommands.Add(act);
        }

        return cases;
    }

    private static async Task<int> ListAsync(RunningProcess process, ParseResult parsed, string? status, string? search, string? id, int? limit, CancellationToken cancellationToken)
    {
        string query = string.Join('&', new[] { ("status", status), ("q", search), ("id", id), ("limit", limit?.ToString(System.Globalization.CultureInfo.InvariantCulture)) }
            .Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}"));
        JsonElement answer = await process.GetAsync("api/cases?" + query, ApiJson.Default.JsonElement, cancellationToken);
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(answer, ApiJson.Default.JsonElement);
            return ExitCodes.Ok;
        }

        ApiCasePage page = answer.Deserialize(ApiJson.Default.ApiCasePage)!;
        if (page.Cases.Count == 0)
        {
            await Console.Error.WriteLineAsync(status is not null || search is not null || id is not null ? "No case fits." : $"No cases yet. Send a mail: {process.Where.Command("inbox send")} --from ADDRESS --subject SUBJECT --text TEXT");
            return ExitCodes.Ok;
        }

        Table table = Screen.Table("Case", "Standing", "Amount", "Why", "Opened");
        foreach (ApiCase one in page.Cases)
        {
            table.Row(one.CaseId, CaseStandings.Word(one.Standing), one.Amount?.Text, one.Why, Screen.Time(one.OpenedAt));
        }

        Screen.Write(table);
        if (page.Next is not null)
        {
            await Console.Error.WriteLineAsync("There are more; narrow it with --status or --search, or raise --limit.");
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(RunningProcess process, ParseResult parsed, string id, CancellationToken cancellationToken)
    {
        JsonElement answer = await process.GetAsync("api/cases/" + Uri.EscapeDataString(id), ApiJson.Default.JsonElement, cancellationToken);
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(answer, ApiJson.Default.JsonElement);
            return ExitCodes.Ok;
        }

        ApiCaseDetail detail = answer.Deserialize(ApiJson.Default.ApiCaseDetail)!;
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var (name, value) in Fields(process, detail))
        {
            _ = grid.AddRow(new Text(name), new Text(value));
        }

        Screen.Write(grid);
        foreach (ApiMessage message in detail.Messages)
        {
            Screen.Line($"{Environment.NewLine}{Screen.Time(message.ReceivedAt)} {message.FromAddress}: {message.Subject}");
            foreach (string line in message.Text.Split('\n').Take(30))
            {
                Screen.Line("  > " + Plain(line));
            }
        }

        return ExitCodes.Ok;
    }

    private static IEnumerable<(string Name, string Value)> Fields(RunningProcess process, ApiCaseDetail detail)
    {
        ApiCase one = detail.Case;
        List<(string, string?)> fields =
        [
            ("Case", one.CaseId), ("Standing", CaseStandings.Word(one.Standing)), ("Why", one.Why), ("Until", one.Until is { } until ? Screen.Time(until) : null), ("Customer", detail.Customer),
            ("Amount", one.Amount?.Text), ("Charge", one.Charge), ("Refund", one.Refund), ("Key", detail.IdempotencyKey), ("Opened", Screen.Time(one.OpenedAt)), ("Error", one.Error),
            ("Page", new Uri(process.Where.Pages, "cases/" + one.CaseId).ToString()),
        ];
        return fields
            .Concat(detail.Approvals.Select(approval => ("Approval", (string?)$"{approval.ApprovalId}: {approval.State}, {approval.Title}{(approval.Conclusion is { } end ? $" ({end.Kind} by {string.Join(", ", end.By)})" : "")}")))
            .Where(field => !string.IsNullOrEmpty(field.Item2)).Select(field => (field.Item1, field.Item2!));
    }

    private static async Task<int> WatchAsync(RunningProcess process, ParseResult parsed, string id, bool exitStatus, CancellationToken cancellationToken)
    {
        string? last = null;
        while (true)
        {
            JsonElement answer = await process.GetAsync("api/cases/" + Uri.EscapeDataString(id), ApiJson.Default.JsonElement, cancellationToken);
            ApiCase one = answer.Deserialize(ApiJson.Default.ApiCaseDetail)!.Case;
            string now = $"{CaseStandings.Word(one.Standing)}: {one.Why}";
            if (now != last)
            {
                last = now;
                if (CommonOptions.WantsJson(parsed))
                {
                    Screen.Json(answer.GetProperty("case"), ApiJson.Default.JsonElement);
                }
                else
                {
                    Screen.Line($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {now}");
                }
            }

            if (one.HasEnded)
            {
                return exitStatus && one.End != "refunded" ? ExitCodes.Error : ExitCodes.Ok;
            }

            await Task.Delay(process.Where.Address.IsLoopback ? Pause : PauseAfar, cancellationToken);
        }
    }

    /// <summary>A customer's words must not steer the terminal.</summary>
    internal static string Plain(string text) => string.Concat(text.Where(letter => !char.IsControl(letter)));
}
