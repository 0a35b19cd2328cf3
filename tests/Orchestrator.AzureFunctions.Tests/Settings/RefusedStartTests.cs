using System.Diagnostics;

namespace Orchestrator.AzureFunctions.Tests.Settings;

/// <summary>The worker process as the host starts it, with settings that it must not start with.</summary>
public sealed class RefusedStartTests
{
    [Fact]
    public async Task Start_WithASecretKeyWhereARestrictedOneBelongs_EndsWithASentenceAndNoKey()
    {
        string keys = Path.Combine(Directory.CreateTempSubdirectory("orchestrator-keys-").FullName, "keys.json");
        const string Secret = "sk_live_51NothingOfThisMayBeShown0000000000";
        await File.WriteAllTextAsync(keys, $$"""{ "stripe-read": [{ "version": "1", "value": "{{Secret}}" }], "stripe-refund": [{ "version": "1", "value": "{{Secret}}" }] }""");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (int exit, string said) = await StartAsync(
            ("WEBSITE_AUTH_ENABLED", "True"), ("ORCHESTRATOR__SignIn__Kind", "appService"), ("ORCHESTRATOR__Stripe__Mode", "live"), ("ORCHESTRATOR__Keys__File", keys),
            ("ORCHESTRATOR__Mail__Endpoint", "https://refunds.communication.azure.com"), ("ORCHESTRATOR__Mail__Sender", "support@shop.example"),
            ("ORCHESTRATOR__Teams__Webhook", "off"), ("ORCHESTRATOR__Mailbox__Use", "off"));

        Assert.Equal(1, exit);
        Assert.Contains("The key 'stripe-read' is a live Stripe key that may do everything", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithSeveralWrong_SaysASentenceOfEach()
    {
        (int exit, string said) = await StartAsync(
            ("ORCHESTRATOR__Stripe__Mode", "test"), ("ORCHESTRATOR__Mail__Endpoint", "https://x.communication.azure.com"), ("ORCHESTRATOR__Mail__SmtpHost", "smtp.shop.example"), ("ORCHESTRATOR__Mail__Sender", "support@shop.example"));

        string[] sentences = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1, exit);
        Assert.Contains(sentences, one => one.StartsWith("Stripe is real, so its key must come from your own vault or key file", StringComparison.Ordinal));
        Assert.Contains(sentences, one => one.StartsWith("Mail.", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutASandboxToPlayTheRest_SaysHowToStartOne()
    {
        (int exit, string said) = await StartAsync();

        Assert.Equal(1, exit);
        Assert.Contains("There is no sandbox address file at", said, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Said)> StartAsync(params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Orchestrator.AzureFunctions.dll")]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("ORCHESTRATOR", StringComparison.OrdinalIgnoreCase) || name.StartsWith("WEBSITE_", StringComparison.Ordinal)).ToList())
        {
            _ = start.Environment.Remove(inherited);
        }

        start.Environment["AzureWebJobsStorage"] = "UseDevelopmentStorage=true";
        start.Environment["ORCHESTRATOR_STATE"] = Directory.CreateTempSubdirectory("orchestrator-state-").FullName;
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string said = await process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, said);
    }
}
