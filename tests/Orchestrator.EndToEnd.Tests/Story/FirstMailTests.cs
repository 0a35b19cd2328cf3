using System.Diagnostics;
using System.Globalization;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Story;

/// <summary>What the README says, as it says it: run the project, then type the command that it prints.</summary>
public sealed class FirstMailTests
{
    [OwnHeadFact("this is the first start that the README tells of")]
    public async Task PrintedCommand_TypedWhereTheProjectWasRun_OpensACase()
    {
        string folder = Repository.NewFolder();
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await using (ChildProcess run = ChildProcess.Start(
            "run",
            ["--no-build", "-c", configuration, "--project", "functions/Orchestrator.Local", "--", "--state", Path.Combine(folder, "state"), "--port", HeadProcess.FreePort().ToString(CultureInfo.InvariantCulture)],
            workingDirectory: Repository.Root))
        {
            await run.WaitForLineAsync(line => line.StartsWith("ready in", StringComparison.Ordinal), Eventually.Patience);
            string command = run.Out.Split('\n').Single(line => line.Contains(" inbox send ", StringComparison.Ordinal)).Trim();

            using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
            string printed = await shell.StandardOutput.ReadToEndAsync() + await shell.StandardError.ReadToEndAsync();
            await shell.WaitForExitAsync();
            Assert.True(shell.ExitCode == 0, $"{command}\n{printed}");
            Assert.Contains("case-", printed, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }
}
