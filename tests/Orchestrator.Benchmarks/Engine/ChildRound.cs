using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>A round in a process of its own, ours or a peer's: the last line that it prints is a <see cref="ShapeRound"/>.</summary>
internal static class ChildRound
{
    public const string Verb = "refund-shape-round";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>This program. Inside a test it is the one that was built beside the tests, for a test's folder lacks what a test host brings.</summary>
    public static string Assembly { get; } = System.Reflection.Assembly.GetEntryAssembly() == typeof(ChildRound).Assembly ? typeof(ChildRound).Assembly.Location : Repository.Built("tests", "Orchestrator.Benchmarks", "Orchestrator.Benchmarks.dll");

    public static IReadOnlyList<string> Arguments(string folder, int instances, int inFlight, int warmUp) =>
        [Verb, "--folder", folder, "--instances", Text(instances), "--in-flight", Text(inFlight), "--warm-up", Text(warmUp)];

    /// <exception cref="ChildFailedException">It ended otherwise than with a round.</exception>
    public static async Task<ShapeRound> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource limit = new(Patience);
        await using CancellationTokenRegistration late = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        string[] lines = (await process.StandardOutput.ReadToEndAsync(CancellationToken.None)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode != 0 || lines.Length == 0)
        {
            throw new ChildFailedException($"{command[0]} ended with {process.ExitCode}{(limit.IsCancellationRequested ? $", for it was not done within {Patience}" : "")}: {(await errors).Trim()}");
        }

        return JsonSerializer.Deserialize<ShapeRound>(lines[^1], JsonSerializerOptions.Web)!;
    }

    public static string Print(ShapeRound round) => JsonSerializer.Serialize(round, JsonSerializerOptions.Web);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

internal sealed class ChildFailedException(string message) : Exception(message);
