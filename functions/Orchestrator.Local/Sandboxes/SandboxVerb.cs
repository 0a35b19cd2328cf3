using System.CommandLine;
using System.Text.Json;
using Orchestrator.Local.Commands;
using Orchestrator.Local.State;
using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.Local.Sandboxes;

/// <summary>The stand-ins in a process of their own, for the demo: what they know outlives a kill of the orchestrator.</summary>
internal static class SandboxVerb
{
    public static Command Build()
    {
        var command = new Command("sandbox", "Runs the stand-ins alone and prints where they are.") { Hidden = true };
        command.Options.Add(CommonOptions.WithParent);
        command.Does(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = ParentWatch.Until(parsed.GetValue(CommonOptions.WithParent), cancellationToken);
        try
        {
            await using SandboxHost host = await SandboxHost.StartAsync(SandboxOptions.Everything(CommonOptions.Folder(parsed).Path), TimeProvider.System, stop.Token);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(StandInAddresses.From(host.Addresses), LocalJson.Default.SandboxFile));
            await Console.Out.FlushAsync(stop.Token);
            await Task.Delay(Timeout.Infinite, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
        catch (IOException refused)
        {
            throw new LocalException(refused.Message, refused);
        }

        return ExitCodes.Ok;
    }
}
