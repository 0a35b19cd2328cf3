using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Stripe.Scenarios;

/// <summary>The official command line plays its scenario files: chained calls that only a true Stripe can answer.</summary>
public sealed class ScenarioTests
{
    private const int Known = 30;

    private static string Folder => Path.Combine(Repository.StripeData, "cli-triggers");

    [ScenarioTheory]
    [MemberData(nameof(Files))]
    public async Task Scenario_PlayedByTheOfficialCommandLine_Completes(string file)
    {
        string config = Directory.CreateTempSubdirectory("stripe-cli-").FullName;
        await using StripeHost stripe = await StripeHost.StartAsync();

        var (exitCode, output) = await StripeCommandLine.PlayAsync(Path.Combine(Folder, file), stripe.Address, config);

        JsonArray requests = (await stripe.ControlAsync(HttpMethod.Get, "ledger"))["requests"]!.AsArray();
        JsonArray steps = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, file)))!["fixtures"]!.AsArray();
        Assert.True(exitCode == 0, $"{file}: exit code {exitCode}\n{output}");
        Assert.Equal(steps.Count, requests.Count);
        Assert.All(steps.Zip(requests), pair =>
            Assert.Equal(pair.First!["expected_error_type"] is null ? 200 : 402, pair.Second!["status"]!.GetValue<int>()));
        string promised = Path.GetFileNameWithoutExtension(file);
        Answer events = await stripe.GetAsync($"/v1/events?type={promised}");
        Assert.NotEmpty(events.Json["data"]!.AsArray());
        Directory.Delete(config, recursive: true);
    }

    public static TheoryData<string> Files()
    {
        TheoryData<string> files = [];
        foreach (string file in Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.json").Order().ToArray() : [])
        {
            files.Add(Path.GetFileName(file));
        }

        // A theory without rows fails: the skipped one needs a row to say why.
        if (files.Count == 0)
        {
            files.Add("none");
        }

        return files;
    }

    [ScenarioTheory]
    [InlineData(Known)]
    public void Scenarios_AtHand_AreAllOfThem(int count) => Assert.Equal(count, Files().Count);
}

internal sealed class ScenarioTheoryAttribute : TheoryAttribute
{
    public ScenarioTheoryAttribute()
    {
        if (!Directory.Exists(Path.Combine(Repository.StripeData, "cli-triggers")))
        {
            Skip = "Not measured: the scenario files are not at hand.";
        }
        else if (StripeCommandLine.Path is null)
        {
            Skip = "Not measured: the Stripe command line is not installed; run npm install in tests/Orchestrator.Sandbox.Tests.";
        }
    }
}
