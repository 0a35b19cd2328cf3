using System.CommandLine;
using System.Globalization;
using Orchestrator.Agents.Audit;
using Orchestrator.Connectors.Records;
using Orchestrator.Engine.Integrity;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Local.Backups;
using Orchestrator.Local.Running;
using Orchestrator.Local.Serving;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Commands;

/// <summary><c>hub verify|backup|restore</c>: the task hub and the records beside it. Whether an orchestrator runs on them or not is found out here.</summary>
internal static class HubVerbs
{
    private const int ShownInstances = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private static readonly Option<bool> AcceptLoss = new("--accept-loss") { Description = "Go on with what is left of a damaged hub; needs --as and --reason." };
    private static readonly Option<string?> Who = new("--as") { Description = "Who does this; goes on the record.", HelpName = "WHO" };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why; goes on the record.", HelpName = "TEXT" };
    private static readonly Argument<string> File = new("file") { Description = "The backup: one tar file.", HelpName = "FILE" };

    public static Command Build()
    {
        var verify = new Command("verify", "Checks history, instances, witness and audit log; exit 1 when anything is not as it was written.") { AcceptLoss, Who, Reason, CommonOptions.Output };
        verify.Validators.Add(result =>
        {
            bool named = !string.IsNullOrWhiteSpace(CommonOptions.Typed(result, Who)) && !string.IsNullOrWhiteSpace(CommonOptions.Typed(result, Reason));
            if (result.GetResult(AcceptLoss) is not null && !named)
            {
                result.AddError("--accept-loss needs --as and --reason.");
            }
        });
        verify.Does(VerifyAsync);

        var backup = new Command("backup", "Copies task hub and records into one verified file, while the orchestrator runs or not.") { File, CommonOptions.Output };
        backup.Does(BackupAsync);

        var restore = new Command("restore", "Puts a backup in place; what was there is moved aside. The orchestrator must not run.") { File, Who, Reason, CommonOptions.Output };
        restore.Does(RestoreAsync);
        return new("hub", "What the orchestrator remembers: verify it, back it up, restore it.") { verify, backup, restore };
    }

    private static async Task<int> VerifyAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        StateFolder folder = Existing(parsed);
        IntegrityReport hub = parsed.GetValue(AcceptLoss)
            ? await AcceptAsync(folder, parsed.GetValue(Who)!, parsed.GetValue(Reason)!, cancellationToken)
            : await HubOfAsync(folder, cancellationToken);
        AuditVerdict audit;
        try
        {
            audit = await RecordsBackup.VerifyAsync(folder.Records, cancellationToken);
        }
        catch (RecordsException wrong)
        {
            audit = new(0, 0, wrong.Message);
        }

        bool accepted = parsed.GetValue(AcceptLoss) && !hub.IsIntact;
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(new(hub, accepted, new(audit.Holds, audit.Records, audit.FirstBad, audit.Finding)), ApiJson.Default.ApiHubVerdict);
        }
        else
        {
            Show(hub, accepted);
            Screen.Line(audit.Finding);
        }

        return (hub.IsIntact || accepted) && audit.Holds ? ExitCodes.Ok : ExitCodes.Error;
    }

    private static async Task<int> BackupAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        StateFolder folder = Existing(parsed);
        string file = Path.GetFullPath(parsed.GetValue(File)!);
        StateBackup.RequireNew(file);
        BackupDone done;
        using (StateLock? own = StateLock.TryTake(folder))
        {
            if (own is null)
            {
                using RunningProcess process = RunningProcess.Find(folder);
                done = await process.AskAsync(LocalRoutes.Backup, LocalJson.Default.BackupDone, Patience, cancellationToken);
            }
            else
            {
                done = await StateBackup.WriteAsync(folder, file, new TaskHubMaintenance(folder.Hub, TimeProvider.System).BackupAsync, TimeProvider.System, cancellationToken);
            }
        }

        done = StateBackup.Keep(folder, done, file);
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(done, LocalJson.Default.BackupDone);
        }
        else
        {
            Screen.Line(string.Create(CultureInfo.InvariantCulture, $"{done.File}: {done.HubRows:N0} rows of history and {done.AuditRecords:N0} audit records, {done.Bytes:N0} bytes, verified."));
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> RestoreAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        StateFolder folder = CommonOptions.Folder(parsed);
        folder.Create();
        using StateLock ownership = StateLock.Take(folder);
        string who = parsed.GetValue(Who) ?? Environment.UserName;
        RestoreDone done = await StateRestore.RunAsync(folder, parsed.GetValue(File)!, who, parsed.GetValue(Reason) ?? "no reason was given", TimeProvider.System, cancellationToken);
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(done, LocalJson.Default.RestoreDone);
            return ExitCodes.Ok;
        }

        Screen.Line($"In place: the backup of {Screen.Time(done.BackupTime)} with {done.HubRows:N0} rows of history and {done.AuditRecords:N0} audit records.");
        foreach (string moved in done.MovedAside)
        {
            Screen.Line($"Moved aside: {moved}");
        }

        return ExitCodes.Ok;
    }

    /// <summary>Asks the process that runs on the folder, or looks itself where none does.</summary>
    /// <exception cref="LocalException">There is no hub, or none of ours.</exception>
    internal static async Task<IntegrityReport> HubOfAsync(StateFolder folder, CancellationToken cancellationToken)
    {
        using StateLock? own = StateLock.TryTake(folder);
        if (own is null)
        {
            using RunningProcess process = RunningProcess.Find(folder);
            return await process.AskAsync(LocalRoutes.Integrity, ApiJson.Default.IntegrityReport, Patience, cancellationToken);
        }

        return await Offline(() => new TaskHubMaintenance(folder.Hub, TimeProvider.System).VerifyAsync(cancellationToken));
    }

    private static async Task<IntegrityReport> AcceptAsync(StateFolder folder, string who, string reason, CancellationToken cancellationToken)
    {
        using StateLock ownership = StateLock.Take(folder);
        return await Offline(() => new TaskHubMaintenance(folder.Hub, TimeProvider.System).AcceptAsync(who, reason, cancellationToken));
    }

    private static async Task<T> Offline<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception refused) when (refused is FileNotFoundException or TaskHubInUseException or TaskHubVersionException or TaskHubUnavailableException or TaskHubDamagedException)
        {
            throw new LocalException(refused.Message, refused);
        }
    }

    private static StateFolder Existing(ParseResult parsed)
    {
        StateFolder folder = CommonOptions.Folder(parsed);
        return Directory.Exists(folder.Path) ? folder : throw new LocalException($"There is no state folder {folder.Path}. Name the right one with --state.");
    }

    private static void Show(IntegrityReport hub, bool accepted)
    {
        Screen.Line(hub.Finding);
        foreach (InstanceDamage instance in hub.Instances.Take(ShownInstances))
        {
            Screen.Line($"  {instance.InstanceId}: {string.Join(", ", instance.What)}");
        }

        if (hub.Instances.Count > ShownInstances)
        {
            Screen.Line($"  and {hub.Instances.Count - ShownInstances:N0} more instances");
        }

        if (hub.UnnamedRows > 0)
        {
            Screen.Line($"  Of {hub.UnnamedRows:N0} rows nobody can say whose they were.");
        }

        foreach (AcceptedDamage past in hub.Accepted)
        {
            Screen.Line($"  Accepted {Screen.Time(past.Time)} by {past.Who} ({past.Reason}): {past.Finding}");
        }

        if (accepted)
        {
            Screen.Line("This is accepted and on the record; the next start goes on from there.");
        }
    }
}
