using System.Text.Json.Nodes;

namespace Orchestrator.EndToEnd.Tests.Running;

/// <summary>The executable as somebody types it, until it ends.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task<CommandResult> RunAsync(string state, params string[] arguments) => RunAsync(state, new Dictionary<string, string>(), arguments);

    public static async Task<CommandResult> RunAsync(string state, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using ChildProcess process = ChildProcess.Start(Repository.Head, [.. arguments, "--state", state], environment);
        int exit = await process.WaitForExitAsync(Patience);
        return new(exit, process.Out, process.Error);
    }
}

internal sealed record CommandResult(int Exit, string Out, string Error)
{
    /// <summary>What a program would read.</summary>
    public JsonNode Json => JsonNode.Parse(Out)!;
}
