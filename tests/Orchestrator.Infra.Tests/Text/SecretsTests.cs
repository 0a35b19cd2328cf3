using System.Text.RegularExpressions;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Infra.Tests.Text;

public sealed partial class SecretsTests
{
    [Fact]
    public void Secrets_AreThoseThatCodeAsksFor()
    {
        string list = SecretList().Match(Infra.Files["main.bicep"]).Groups[1].Value;

        Assert.Equal(KeyNames.All.Order(), Quoted().Matches(list).Select(match => match.Groups[1].Value).Order());
    }

    [Fact]
    public void Secrets_AreCreatedAndReadableFromThatOneList()
    {
        string main = Infra.Files["main.bicep"];

        Assert.Contains("var readByApp = filter(secretNames, ", main, StringComparison.Ordinal);
        Assert.Contains("names: filter(secretNames, name => name != 'mail')", main, StringComparison.Ordinal);
        Assert.Contains("name: 'mail'", Infra.Files["modules/secrets.bicep"], StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_IsNeverWrittenOverByADeployment()
    {
        MatchCollection created = CreatedSecret().Matches(string.Join('\n', Infra.Files.Values));

        Assert.Equal(2, created.Count);
        Assert.All(created, secret => Assert.StartsWith("@onlyIfNotExists()", secret.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Secret_IsNoParameterOfTheDeployment()
    {
        Assert.DoesNotContain("@secure()", Infra.Files["main.bicep"], StringComparison.Ordinal);
        Assert.All(KeyNames.All.Except([KeyNames.Mail, KeyNames.Mailbox]), name => Assert.DoesNotContain(name, Infra.Read("main.bicepparam"), StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_SaysHowEachSecretIsSet()
    {
        string readme = Infra.Read("README.md");

        Assert.All(KeyNames.All, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"var secretNames = \[([^\]]*)\]")]
    private static partial Regex SecretList();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?:@\w+\(\)\n)?resource \w+ 'Microsoft\.KeyVault/vaults/secrets@[^']+' = ")]
    private static partial Regex CreatedSecret();
}
