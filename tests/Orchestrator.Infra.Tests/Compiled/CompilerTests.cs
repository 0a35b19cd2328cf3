using System.Text.Json;

namespace Orchestrator.Infra.Tests.Compiled;

public sealed class CompilerTests
{
    [BicepTheory]
    [InlineData("build", "main.bicep")]
    [InlineData("build-params", "main.bicepparam")]
    public async Task Compiler_HasNothingToSay(string command, string file)
    {
        (int exitCode, string output, string errors) = await Bicep.RunAsync(command, file, "--stdout");

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.StartsWith("{", output, StringComparison.Ordinal);
    }

    [BicepTheory]
    [InlineData("--pattern", "./**/*.bicep")]
    [InlineData("main.bicepparam")]
    public async Task Linter_HasNothingToSay(params string[] files)
    {
        (int exitCode, string output, string errors) = await Bicep.RunAsync(["lint", .. files]);

        Assert.Equal("", output + errors);
        Assert.Equal(0, exitCode);
    }

    [BicepFact]
    public async Task Files_AreFormatted()
    {
        using InfraCopy copy = new();

        await Bicep.RunAsync("format", "--pattern", copy.Folder + "/**/*.bicep");
        await Bicep.RunAsync("format", Path.Combine(copy.Folder, "main.bicepparam"));

        Assert.All(InfraCopy.Files, file => Assert.Equal(Infra.Read(file), File.ReadAllText(Path.Combine(copy.Folder, file))));
    }

    /// <summary>So that silence above means that there is nothing, not that nobody looked.</summary>
    [BicepFact]
    public async Task Rules_OfTheFolder_AreErrors()
    {
        using InfraCopy copy = new();
        string file = Path.Combine(copy.Folder, "wrong.bicep");
        await File.WriteAllTextAsync(file, "param unused string = 'a'\nresource old 'Microsoft.Storage/storageAccounts@2019-06-01' existing = { name: 'old' }\noutput id string = old.id\n");

        (int exitCode, string output, string errors) = await Bicep.RunAsync("lint", file);

        Assert.NotEqual(0, exitCode);
        Assert.All(["no-unused-params", "use-recent-api-versions"], rule => Assert.Contains($"Error {rule}", output + errors, StringComparison.Ordinal));
    }

    [BicepFact]
    public async Task Parameters_HoldNoSecret()
    {
        (_, string output, _) = await Bicep.RunAsync("build-params", "main.bicepparam", "--stdout");
        using JsonDocument document = JsonDocument.Parse(output);
        using JsonDocument parameters = JsonDocument.Parse(document.RootElement.GetProperty("parametersJson").GetString()!);

        Assert.All(
            parameters.RootElement.GetProperty("parameters").EnumerateObject(),
            parameter => Assert.DoesNotMatch("(?i)secret|password|key$|token", parameter.Name));
    }
}
