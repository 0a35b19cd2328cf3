using System.Diagnostics;

namespace Orchestrator.Local.Tests;

/// <summary>The built executable, as a user runs it.</summary>
internal static class Executable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Ran> RunAsync(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        using Process process = Start(arguments, environment);
        using var patience = new CancellationTokenSource(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Started and left running, with standard input held open for <c>--with-parent</c>.</summary>
    public static Process Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "orchestrator.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("ORCHESTRATOR_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            _ = start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}

internal sealed record Ran(int ExitCode, string Out, string Error);
