using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Orchestrator.Infra.Tests.Compiled;

/// <summary>The Bicep compiler that the project's package brings.</summary>
internal static partial class Bicep
{
    private static readonly string? Executable = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(one => one.Key == "Bicep")?.Value;

    public static bool IsAtHand => File.Exists(Executable);

    /// <summary>Runs it in the folder <c>infra/</c>.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(Infra.Folder, new Dictionary<string, string>(), arguments);

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new(Executable!, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        // Whoever runs the tests may have their own environment's values in the shell.
        foreach (string name in Variable().Matches(Infra.Read("main.bicepparam")).Select(match => match.Groups[1].Value))
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    [GeneratedRegex(@"readEnvironmentVariable\('(\w+)'")]
    private static partial Regex Variable();
}

/// <summary>Runs where the compiler is at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = Bicep.IsAtHand ? null : "The Bicep compiler is not at hand: its package is restored on Linux x64 only.";
}

/// <summary>Runs where the compiler is at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = Bicep.IsAtHand ? null : "The Bicep compiler is not at hand: its package is restored on Linux x64 only.";
}
