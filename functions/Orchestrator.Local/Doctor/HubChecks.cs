using System.Globalization;
using System.Text.Json;
using Orchestrator.Engine.TaskHub;
using Orchestrator.Local.Backups;
using Orchestrator.Local.Commands;
using Orchestrator.Local.Running;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Doctor;

/// <summary>The task hub: whole, with a witness, a log that does not grow, room to write, and a backup.</summary>
internal static class HubChecks
{
    private const long LargeLog = 256L * 1024 * 1024;
    private const long LittleSpace = 1024L * 1024 * 1024;
    private const long NoSpace = 64L * 1024 * 1024;

    private static readonly TimeSpan OldBackup = TimeSpan.FromDays(7);

    public static async Task<IReadOnlyList<Finding>> RunAsync(StateFolder folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.Hub) && !File.Exists(Witness(folder)))
        {
            return [];
        }

        return [await IntegrityAsync(folder, cancellationToken), Witnessed(folder), Log(folder), Space(folder), Backup(folder, clock)];
    }

    private static string Witness(StateFolder folder) => folder.Hub + "-witness";

    private static async Task<Finding> IntegrityAsync(StateFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            IntegrityReport report = await HubVerbs.HubOfAsync(folder, cancellationToken);
            return report.IsIntact
                ? Finding.Good("hub", report.Finding)
                : Finding.Wrong("hub", report.Finding, $"See what it concerns: {Invocation.Command(folder, "hub verify")}; then {Invocation.Command(folder, "hub restore FILE")}, or accept the loss.");
        }
        catch (LocalException wrong)
        {
            return Finding.Wrong("hub", wrong.Message, "Restore it from a backup, or mend its folder's rights.");
        }
        catch (ApiRefusalException refused)
        {
            return Finding.Wrong("hub", refused.Message, "Look into the log of the running orchestrator.");
        }
    }

    private static Finding Witnessed(StateFolder folder) => File.Exists(Witness(folder))
        ? Finding.Good("witness", $"{Witness(folder)} notes what is acknowledged, so a lost end would be found.")
        : Finding.Note("witness", "There is none yet, so a lost end would not be found.", "The next start makes it; if one was there before, that start asks you first.");

    private static Finding Log(StateFolder folder)
    {
        long bytes = new FileInfo(folder.Hub + "-wal") is { Exists: true } log ? log.Length : 0;
        string says = $"The write-ahead log of the hub takes {Megabytes(bytes)}.";
        return bytes < LargeLog ? Finding.Good("log", says) : Finding.Note("log", says, "Something reads the hub without an end: close other programs that have hub.db open.");
    }

    private static Finding Space(StateFolder folder)
    {
        long free = new DriveInfo(folder.Path).AvailableFreeSpace;
        string says = $"{Megabytes(free)} are free on the disk of {folder.Path}.";
        return free switch
        {
            < NoSpace => Finding.Wrong("space", says, "Free space: new work is refused when none is left."),
            < LittleSpace => Finding.Note("space", says, "Free space before it runs out."),
            _ => Finding.Good("space", says),
        };
    }

    private static Finding Backup(StateFolder folder, TimeProvider clock)
    {
        string mend = $"Make one, also while it runs: {Invocation.Command(folder, "hub backup FILE")}";
        BackupDone? last = null;
        try
        {
            last = PrivateFile.ReadOrNull(folder.LastBackup) is { } text ? JsonSerializer.Deserialize(text, LocalJson.Default.BackupDone) : null;
        }
        catch (JsonException)
        {
            // As if none were known.
        }

        if (last is null)
        {
            return Finding.Note("backup", "No backup is known.", mend);
        }

        TimeSpan age = clock.GetUtcNow() - last.Time;
        string says = $"The last backup is of {Screen.Time(last.Time)}, in {last.File}.";
        return age < OldBackup ? Finding.Good("backup", says) : Finding.Note("backup", says, mend);
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_048_576.0:N0} MB");
}
