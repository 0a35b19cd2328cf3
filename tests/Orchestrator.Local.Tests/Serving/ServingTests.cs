using Orchestrator.Local.State;

namespace Orchestrator.Local.Tests.Serving;

/// <summary>One process that serves, as a user starts it, and the verbs that talk to it.</summary>
[Collection(ServingProcess.OneAfterTheOther)]
public sealed class ServingTests
{
    [Fact]
    public async Task Serve_IsReady_KeepsItsStatePrivate_TakesAMail_AndGoesOnAfterAStop()
    {
        using var parent = new TemporaryFolder();
        var folder = StateFolder.Choose(parent.In("state"));
        string caseId;
        string address;
        await using (ServingProcess serving = await ServingProcess.StartAsync(folder))
        {
            address = serving.Ready.GetProperty("console").GetString()!;
            Assert.False(PrivateFile.IsOpenToOthers(folder.Path));
            Assert.All(
                Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(file => file != folder.Policy),
                file => Assert.False(PrivateFile.IsOpenToOthers(file), file));

            Ran second = await Executable.RunAsync(["--state", folder.Path]);
            Assert.Equal(1, second.ExitCode);
            Assert.Contains("already runs on", second.Error, StringComparison.Ordinal);

            Ran sent = await Executable.RunAsync(["inbox", "send", "--state", folder.Path, "--from", "mia.schmidt@example.com", "--subject", "Refund please", "--text", "Order W-1001 never arrived. Please refund me."]);
            Assert.True(sent.ExitCode == 0, sent.Error);
            caseId = sent.Out.Trim();

            Ran doctor = await Executable.RunAsync(["doctor", "--state", folder.Path, "-o", "json"]);
            Assert.True(doctor.ExitCode == 0, doctor.Out + doctor.Error);
            Assert.Contains("may make refunds", doctor.Out, StringComparison.Ordinal);
        }

        await using ServingProcess again = await ServingProcess.StartAsync(folder);
        Ran list = await Executable.RunAsync(["cases", "list", "--state", folder.Path, "-o", "json"]);

        Assert.Equal(address, again.Ready.GetProperty("console").GetString());
        Assert.Contains(caseId, list.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await Executable.RunAsync(["audit", "verify", "--state", folder.Path])).ExitCode);
    }

    [Fact]
    public async Task Serve_SeveralAtOnce_EachFindPortsOfTheirOwn()
    {
        using var parent = new TemporaryFolder();
        ServingProcess[] serving = await Task.WhenAll(Enumerable.Range(1, 3).Select(number => ServingProcess.StartAsync(StateFolder.Choose(parent.In("state-" + number)))));
        string[] addresses = [.. serving.SelectMany(one => new[] { "console", "outbox", "teams" }.Select(name => one.Ready.GetProperty(name).GetString()!))];
        foreach (ServingProcess one in serving)
        {
            await one.DisposeAsync();
        }

        Assert.Equal(9, addresses.Distinct().Count());
    }
}
