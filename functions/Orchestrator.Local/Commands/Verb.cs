using System.CommandLine;
using Orchestrator.Connectors.Settings;
using Orchestrator.Local.Running;

namespace Orchestrator.Local.Commands;

/// <summary>Runs a verb's work and turns what goes wrong into a sentence on stderr and an exit code.</summary>
internal static class Verb
{
    /// <summary>Work of a verb.</summary>
    public delegate Task<int> Work(ParseResult parsed, CancellationToken cancellationToken);

    public static void Does(this Command command, Work work) => command.SetAction((parsed, cancellationToken) => RunAsync(work, parsed, cancellationToken));

    /// <summary>The same for work that talks to the running process.</summary>
    public static void Asks(this Command command, Func<RunningProcess, ParseResult, CancellationToken, Task<int>> work) => command.Does(async (parsed, cancellationToken) =>
    {
        using RunningProcess process = RunningProcess.Find(CommonOptions.Folder(parsed));
        return await work(process, parsed, cancellationToken);
    });

    private static async Task<int> RunAsync(Work work, ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            return await work(parsed, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.UsageOrCancelled;
        }
        catch (ApiRefusalException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return refused.Status == System.Net.HttpStatusCode.Unauthorized ? ExitCodes.SignInNeeded : ExitCodes.Error;
        }
        catch (LocalException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return wrong.ExitCode;
        }
        catch (SettingsException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return ExitCodes.Error;
        }
#pragma warning disable CA1031 // The boundary: whoever typed the command gets an exit code of ours and what a bug report needs.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"Something unexpected failed; nothing acknowledged is lost. For a report:{Environment.NewLine}{unexpected}");
            return ExitCodes.Error;
        }
    }
}
