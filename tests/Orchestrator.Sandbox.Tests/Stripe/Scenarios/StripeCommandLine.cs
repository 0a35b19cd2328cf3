using System.Diagnostics;

namespace Orchestrator.Sandbox.Tests.Stripe.Scenarios;

/// <summary>The official Stripe command line: installed beside the tests by npm, or on the path.</summary>
internal static class StripeCommandLine
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static string? Path { get; } = Find();

    public static async Task<(int ExitCode, string Output)> PlayAsync(string scenario, Uri stripe, string configFolder)
    {
        ProcessStartInfo start = new(Path!)
        {
            ArgumentList = { "fixtures", scenario, "--api-base", stripe.ToString().TrimEnd('/'), "--api-key", StripeHost.SecretKey },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Neither the machine's settings nor its telemetry.
        start.Environment["XDG_CONFIG_HOME"] = configFolder;
        start.Environment["HOME"] = configFolder;
        start.Environment["STRIPE_CLI_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        using CancellationTokenSource deadline = new(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string? Find()
    {
        string beside = System.IO.Path.Combine(Repository.Root, "tests", "Orchestrator.Sandbox.Tests", "node_modules", ".bin", "stripe");
        IEnumerable<string> onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Select(folder => System.IO.Path.Combine(folder, "stripe"));
        return onPath.Prepend(beside).FirstOrDefault(File.Exists);
    }
}
