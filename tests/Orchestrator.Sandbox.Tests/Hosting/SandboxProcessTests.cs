using System.Diagnostics;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.Sandbox.Tests.Hosting;

public sealed class SandboxProcessTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Process_WithOneServiceNamed_PrintsOneLineOfJsonAndStopsOnSigterm()
    {
        using var process = Start("--mail-port", "0", "-o", "json");
        using var deadline = new CancellationTokenSource(s_deadline);
        try
        {
            string line = await process.StandardOutput.ReadLineAsync(deadline.Token) ?? "";
            var addresses = JsonNode.Parse(line)!.AsObject();

            Assert.Equal(["mail"], addresses.Select(one => one.Key));
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            Assert.Contains("Outbox", await client.GetStringAsync(new Uri(addresses["mail"]!["address"]!.GetValue<string>()), deadline.Token), StringComparison.Ordinal);

            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync(deadline.Token);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("--mail-port", "seventy")]
    [InlineData("--mail-port", "70000")]
    [InlineData("--output", "xml")]
    public async Task Process_WithAWrongOption_SaysSoAndExitsWith2(string option, string value)
    {
        using var process = Start(option, value);
        using var deadline = new CancellationTokenSource(s_deadline);
        string error = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        Assert.Equal(2, process.ExitCode);
        Assert.Contains(value, error, StringComparison.Ordinal);
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [typeof(SandboxHost).Assembly.Location, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
