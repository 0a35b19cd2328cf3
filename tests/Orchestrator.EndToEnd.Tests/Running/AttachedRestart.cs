using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace Orchestrator.EndToEnd.Tests.Running;

/// <summary>
/// Ends a head that is not ours and waits until it serves again: by the command line in <c>ORCHESTRATOR_RESTART</c>, which returns when the host was killed and started;
/// without one, ends the Azure head's worker by its route for that, after which the Functions host starts another.
/// </summary>
internal static class AttachedRestart
{
    private static string? Command { get; } = Environment.GetEnvironmentVariable("ORCHESTRATOR_RESTART") is { Length: > 0 } command ? command : null;

    public static bool IsPossible => Command is not null || !AttachedHead.IsLocal;

    public static async Task DoAsync(HeadProcess head)
    {
        await (Command is null ? StopAsync(head) : RunAsync(Command));
        await Eventually.TrueAsync(head.IsHealthyAsync, Eventually.Patience, () => $"{head.Address} did not serve again.");
    }

    private static async Task StopAsync(HeadProcess head)
    {
        using HttpClient http = head.Operator();
        using HttpResponseMessage answer = await HeadProcess.PostAsync(http, "/local/stop", new JsonObject());
        string text = await answer.Content.ReadAsStringAsync();
        Require.That(answer.StatusCode == HttpStatusCode.Accepted, $"{(int)answer.StatusCode} {text}");
        int id = JsonNode.Parse(text)!["processId"]!.GetValue<int>();
        await Eventually.TrueAsync(() => Task.FromResult(IsGone(id)), Eventually.Patience, () => $"Process {id} still runs.");
    }

    private static async Task RunAsync(string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = Repository.Root })!;
        await shell.WaitForExitAsync();
        Require.That(shell.ExitCode == 0, $"ORCHESTRATOR_RESTART ended with {shell.ExitCode}: {command}");
    }

    private static bool IsGone(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
