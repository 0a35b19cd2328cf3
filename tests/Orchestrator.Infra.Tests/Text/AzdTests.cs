namespace Orchestrator.Infra.Tests.Text;

public sealed class AzdTests
{
    private static readonly string Description = Infra.Read("azure.yaml");

    [Fact]
    public void Project_IsTheHeadForAzure()
    {
        string project = Value("project");

        Assert.True(File.Exists(Path.Combine(Infra.Folder, project, Path.GetFileName(project) + ".csproj")), $"There is no project at {project}.");
        Assert.Equal("function", Value("host"));
    }

    [Fact]
    public void Infrastructure_IsThisFolder()
    {
        Assert.Equal(".", Value("path"));
        Assert.Equal("main", Value("module"));
    }

    [Fact]
    public void Service_IsFoundByItsTag()
    {
        Assert.Contains("\n  orchestrator:\n", Description, StringComparison.Ordinal);
        Assert.Contains("'azd-service-name': 'orchestrator'", Infra.Files["modules/app.bicep"], StringComparison.Ordinal);
        Assert.Contains("'azd-env-name': environmentName", Infra.Files["main.bicep"], StringComparison.Ordinal);
    }

    private static string Value(string key) =>
        Description.Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith(key + ": ", StringComparison.Ordinal))[(key.Length + 2)..];
}
