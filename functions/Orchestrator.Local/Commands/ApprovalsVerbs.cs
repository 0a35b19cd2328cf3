using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Orchestrator.Agents.Payments;
using Orchestrator.Local.Running;
using Spectre.Console;

namespace Orchestrator.Local.Commands;

/// <summary><c>approvals list|show|approve|deny</c>.</summary>
internal static class ApprovalsVerbs
{
    private static readonly Argument<string> Id = Checks.Id("approval", "The approval id.", "APPROVAL");
    private static readonly Option<string?> Who = CommonOptions.Who("Who decides: a member of a group in the policy. Left out with a token of --url, which proves that.");
    private static readonly Option<string?> Charge = new("--charge") { Description = "Which payment is meant, where several fit.", HelpName = "CHARGE" };
    private static readonly Option<string?> Amount = new("--amount") { Description = "Refund less than proposed, such as 12.50.", HelpName = "AMOUNT" };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why; goes on the record.", HelpName = "TEXT" };
    private static readonly Option<bool> Silent = new("--no-mail") { Description = "Do not tell the customer." };

    public static Command Build()
    {
        Option<string> state = new("--show") { Description = "open or done.", DefaultValueFactory = _ => "open", HelpName = "WHICH" };
        var list = new Command("list", "Lists what waits for a decision, most urgent first.");
        list.Options.Add(state.AcceptOnlyFromAmong("open", "done"));
        list.Options.Add(CommonOptions.Output);
        list.Asks((process, parsed, cancellationToken) => ListAsync(process, parsed, parsed.GetValue(state)!, cancellationToken));

        var show = new Command("show", "Shows one approval with its facts.") { Id };
        show.Options.Add(CommonOptions.Output);
        show.Asks((process, parsed, cancellationToken) => ShowAsync(process, parsed, parsed.GetValue(Id)!, cancellationToken));

        var approve = new Command("approve", "Approves as one person.") { Id, Who, Charge, Amount, Reason, CommonOptions.Output };
        CommonOptions.RequireWho(approve, Who);
        approve.Asks((process, parsed, cancellationToken) => DecideAsync(process, parsed, approves: true, cancellationToken));

        var deny = new Command("deny", "Denies as one person; needs a reason.") { Id, Who, Reason, Silent, CommonOptions.Output };
        CommonOptions.RequireWho(deny, Who);
        deny.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(CommonOptions.Typed(result, Reason)))
            {
                result.AddError("A denial needs --reason.");
            }
        });
        deny.Asks((process, parsed, cancellationToken) => DecideAsync(process, parsed, approves: false, cancellationToken));

        return new("approvals", "Approvals: what people decide.") { list, show, approve, deny };
    }

    private static async Task<int> ListAsync(RunningProcess process, ParseResult parsed, string state, CancellationToken cancellationToken)
    {
        JsonElement answer = await process.GetAsync("api/approvals?state=" + state, ApiJson.Default.JsonElement, cancellationToken);
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(answer, ApiJson.Default.JsonElement);
            return ExitCodes.Ok;
        }

        ApiApprovals approvals = answer.Deserialize(ApiJson.Default.ApiApprovals)!;
        if (approvals.Approvals.Count == 0)
        {
            await Console.Error.WriteLineAsync(state == "open" ? "Nothing waits for a decision." : "Nothing was decided yet.");
            return ExitCodes.Ok;
        }

        Table table = Screen.Table("Approval", "What", "State", "Votes", "Who", "Until");
        foreach (ApiApproval one in approvals.Approvals)
        {
            table.Row(one.ApprovalId, one.Title, one.Conclusion?.Kind ?? one.State, $"{one.Votes} of {one.VotesNeeded}", one.Conclusion is { } end ? string.Join(", ", end.By) : string.Join(", ", one.Groups), Screen.Time(one.DecideBy));
        }

        Screen.Write(table);
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(RunningProcess process, ParseResult parsed, string id, CancellationToken cancellationToken)
    {
        JsonElement answer = await process.GetAsync(Decisions.Path(id), ApiJson.Default.JsonElement, cancellationToken);
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(answer, ApiJson.Default.JsonElement);
            return ExitCodes.Ok;
        }

        ApiApprovalDetail detail = answer.Deserialize(ApiJson.Default.ApiApprovalDetail)!;
        Screen.Line(detail.Approval.Title);
        Screen.Line($"Rule '{detail.Basis.Rule}' of policy {detail.Basis.PolicyVersion}{string.Concat(detail.Basis.Met.Select(met => "; " + met))}");
        Screen.Line($"Who: {string.Join(", ", detail.Approval.Groups)}, {detail.Approval.Votes} of {detail.Approval.VotesNeeded} so far; until {Screen.Time(detail.Approval.DecideBy)}");
        foreach (string notice in detail.Notices)
        {
            Screen.Line("! " + notice);
        }

        if (detail.Charges.Count > 0)
        {
            Table table = Screen.Table("Charge", "Paid", "Refunded before", "This refund", "Left", "Method", "Paid at");
            foreach (ApiCharge charge in detail.Charges)
            {
                table.Row(charge.Charge, charge.Paid.Text, charge.RefundedBefore.Text, charge.Refund.Text, charge.Left.Text, charge.Method, Screen.Time(charge.ChargedAt));
            }

            Screen.Write(table);
        }

        foreach (ApiFact fact in detail.Facts)
        {
            Screen.Line($"{fact.Label}: {fact.Value} ({fact.Source})");
        }

        Screen.Line($"Page: {new Uri(process.Where.Pages, "approvals/" + id)}");
        return ExitCodes.Ok;
    }

    private static async Task<int> DecideAsync(RunningProcess process, ParseResult parsed, bool approves, CancellationToken cancellationToken)
    {
        string id = parsed.GetValue(Id)!;
        string page = "approvals/" + id;
        Decisions.RequireActor(process, parsed.GetValue(Who), page);
        ApiApprovalDetail seen = await process.GetAsync(Decisions.Path(id), ApiJson.Default.ApiApprovalDetail, cancellationToken);
        string? charge = approves ? parsed.GetValue(Charge) : null;
        var decision = new ApiDecision(
            approves ? "approve" : "deny",
            seen.MessagesSeen,
            charge,
            approves ? MinorUnits(parsed.GetValue(Amount), seen, charge) : null,
            parsed.GetValue(Reason),
            approves ? null : !parsed.GetValue(Silent));
        string? bearer = await Decisions.ActAsync(process, parsed.GetValue(Who), page, cancellationToken);
        ApiApprovalDetail now = await Decisions.DecideAsync(process, bearer, id, decision, cancellationToken);
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(now, ApiJson.Default.ApiApprovalDetail);
        }
        else
        {
            Screen.Line(now.Approval.Conclusion is { } end
                ? $"{now.Approval.ApprovalId}: {end.Kind} by {string.Join(", ", end.By)}."
                : $"{now.Approval.ApprovalId}: counted; {now.Approval.Votes} of {now.Approval.VotesNeeded} so far.");
        }

        return ExitCodes.Ok;
    }

    /// <summary>An amount in the charge's own currency, with its own decimals.</summary>
    private static long? MinorUnits(string? text, ApiApprovalDetail seen, string? charge)
    {
        if (text is null)
        {
            return null;
        }

        ApiCharge? option = charge is null && seen.Charges.Count == 1 ? seen.Charges[0] : seen.Charges.FirstOrDefault(one => one.Charge == charge);
        if (option is null)
        {
            throw new LocalException("--amount needs to know of which payment: name it with --charge.", exitCode: ExitCodes.UsageOrCancelled);
        }

        var currency = Currency.Parse(option.Refund.Currency);
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal major) && Money.TryFromMajor(major, currency, out Money money)
            ? money.MinorUnits
            : throw new LocalException($"'{text}' is no amount in {currency}: write it like {option.Refund.Text[4..].Replace(",", "", StringComparison.Ordinal)}.", exitCode: ExitCodes.UsageOrCancelled);
    }
}
