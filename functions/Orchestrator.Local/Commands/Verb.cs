using System.CommandLine;
using Orchestrator.Connectors.Settings;
using Orchestrator.Local.Running;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Commands;

/// <summary>Runs a verb's work and turns what goes wrong into a sentence on stderr and an exit code.</summary>
internal static class Verb
{
    /// <summary>Work of a verb.</summary>
    public delegate Task<int> Work(ParseResult parsed, CancellationToken cancellationToken);

    public static void Does(this Command command, Work work) => command.SetAction((parsed, cancellationToken) => RunAsync(work, parsed, cancellationToken));

    /// <summary>The same for work that talks to an orchestrator that runs: the state folder's, or the one that <c>--url</c> names.</summary>
    public static void Asks(this Command command, Func<RunningProcess, ParseResult, CancellationToken, Task<int>> work)
    {
        command.Options.Add(CommonOptions.Url);
        command.Does(async (parsed, cancellationToken) =>
        {
            StateFolder folder = CommonOptions.Folder(parsed);
            using RunningProcess process = CommonOptions.UrlOf(parsed.CommandResult) is { } url
                ? new RunningProcess(Whereabouts.At(HeadUrl.Parse(url), folder))
                : RunningProcess.Find(folder);
            return await work(process, parsed, cancellationToken);
        });
    }

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
