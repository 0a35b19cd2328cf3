using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Keys;
using Orchestrator.Connectors.Records;
using Orchestrator.Connectors.Settings;
using Orchestrator.Local.Running;
using Orchestrator.Connectors.Sandboxes;

namespace Orchestrator.Local.Demo;

/// <summary>Plays the story: sells, writes, lets people decide, has the process killed in the middle of a refund, starts it again, and looks what came of it.</summary>
internal sealed class Play(Theatre theatre, IAudience audience, TimeProvider clock)
{
    /// <summary>The refund is made at Stripe; the orchestrator does not know it yet.</summary>
    private const string KillPoint = "AfterActivityReturn:IssueRefund";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Stage _stage = new();
    private readonly Dictionary<string, ApiSession> _sessions = [];
    private IReadOnlyDictionary<string, string> _charges = new Dictionary<string, string>();

    public async Task<Outcome> RunAsync(CancellationToken cancellationToken)
    {
        using var shop = new StripeShop(theatre.Sandbox.Stripe!.Address);
        _charges = await Shop.OpenAsync(shop, clock, cancellationToken);
        audience.Hear($"The sandbox runs in a process of its own; {_charges.Count} payments were made at its Stripe.");
        var addresses = await theatre.ServeAsync(KillPoint, cancellationToken);
        audience.Hear($"The orchestrator runs: {addresses.Console}");
        await SendAsync(cancellationToken);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        bool inTime = await InTimeAsync(PerformAsync, patience.Token, cancellationToken);
        if (!inTime)
        {
            audience.Hear($"The story did not end within {Patience.TotalSeconds:F0} s.");
        }

        IReadOnlyList<LedgerRefund> ledger = [.. (await shop.ListRefundsAsync(cancellationToken)).Where(refund => refund.CaseId is not null)];
        IReadOnlyDictionary<string, int> mails = await Outbox.CountAsync(theatre.Sandbox.Mail!.Address, cancellationToken);
        await theatre.StopServingAsync();
        await using SqliteRecords records = SqliteRecords.OpenForReading(theatre.Folder.Records);
        var audit = await records.Audit.VerifyAsync(cancellationToken);
        return Outcome.Of(_stage, _charges, ledger, mails, audit);
    }

    private static async Task<bool> InTimeAsync(Func<CancellationToken, Task> work, CancellationToken patience, CancellationToken cancellationToken)
    {
        try
        {
            await work(patience);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        IKeyVault keys = KeyRing.Open(SharedSettings.AllPlayed, theatre.Sandbox, clock);
        using var process = RunningProcess.Find(theatre.Folder);
        foreach (Scene scene in Story.Scenes)
        {
            var message = new ApiInboxMessage(scene.MessageId, null, new(scene.Name, scene.From), scene.Subject, scene.Text, null, clock.GetUtcNow());
            _stage[scene].CaseId = (await MailSender.SendAsync(process, keys, message, cancellationToken)).CaseId;
        }

        audience.Hear($"{Story.Scenes.Count} mails were sent.");
    }

    private async Task PerformAsync(CancellationToken cancellationToken)
    {
        await UntilAsync(() => _stage.IsSettled, _ => Task.CompletedTask, cancellationToken);
        audience.Hear($"Now people decide. In '{Story.Killed.Title}' the process will be killed right after Stripe made the refund.");
        await UntilAsync(() => !theatre.IsServing, process => ActAsync(process, Story.Killed, cancellationToken), cancellationToken);
        await theatre.AwaitDeathAsync(cancellationToken);
        audience.Hear("Killed (SIGKILL), with a refund made that nobody here knows of. Starting again on the same state.");
        _sessions.Clear();
        _ = await theatre.ServeAsync(crashAt: null, cancellationToken);
        await UntilAsync(() => _stage.HasEnded, async process =>
        {
            foreach (Scene scene in Story.Scenes)
            {
                await ActAsync(process, scene, cancellationToken);
            }
        }, cancellationToken);
    }

    /// <summary>Looks at every case and lets people act, again and again.</summary>
    private async Task UntilAsync(Func<bool> done, Func<RunningProcess, Task> act, CancellationToken cancellationToken)
    {
        while (!done())
        {
            try
            {
                using var process = RunningProcess.Find(theatre.Folder);
                foreach (Scene scene in Story.Scenes)
                {
                    ApiCaseDetail detail = await process.GetAsync("api/cases/" + _stage[scene].CaseId, ApiJson.Default.ApiCaseDetail, cancellationToken);
                    _stage[scene].Case = detail.Case;
                    audience.See(scene, _stage);
                }

                await act(process);
            }
            catch (LocalException)
            {
                if (!await theatre.IsGoneAsync(cancellationToken))
                {
                    throw;
                }

                return;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task ActAsync(RunningProcess process, Scene scene, CancellationToken cancellationToken)
    {
        Stage.Part part = _stage[scene];
        if (part.Case is not { Standing: "awaitingApproval", ApprovalId: { } approvalId } || part.Played >= scene.Acts.Count)
        {
            return;
        }

        ApiApprovalDetail seen = await process.GetAsync(Decisions.Path(approvalId), ApiJson.Default.ApiApprovalDetail, cancellationToken);
        if (seen.Approval.State != "open")
        {
            return;
        }

        Act act = scene.Acts[part.Played];
        string? charge = act.Order is null ? null : _charges[act.Order];
        if (!_sessions.TryGetValue(act.Who, out ApiSession? session))
        {
            session = _sessions[act.Who] = await Decisions.SignInAsync(process, act.Who, "approvals/" + approvalId, cancellationToken);
        }

        audience.Hear($"{scene.Title}: {act.Who.Split('@')[0]} {(act.Approves ? "approves" : "denies")}{(act.Order is null ? "" : $", choosing {act.Order}")}: {seen.Approval.Title}");
        part.Played++;
        _stage.Decisions++;
        _ = await Decisions.DecideAsync(process, session.Token, approvalId, new(act.Approves ? "approve" : "deny", seen.MessagesSeen, charge, null, act.Reason, act.Approves ? null : true), cancellationToken);
    }
}
