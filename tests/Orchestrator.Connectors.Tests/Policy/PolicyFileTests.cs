using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.Connectors.Policy;

namespace Orchestrator.Connectors.Tests.Policy;

public sealed class PolicyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Yaml => _folder.File("refund-policy.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Current_AfterAnEdit_IsTheNewPolicy()
    {
        Assert.True(PolicyFile.WriteDefault(Yaml));
        var source = new PolicyFile(Yaml);
        RefundPolicy before = source.Current();
        File.WriteAllText(Yaml, File.ReadAllText(Yaml).Replace("version: \"1\"", "version: \"2\"", StringComparison.Ordinal));

        RefundPolicy after = source.Current();

        Assert.Equal(("1", "2"), (before.Version, after.Version));
        Assert.NotEqual(before.Hash, after.Hash);
        Assert.Same(after, source.Current());
    }

    [Fact]
    public void Current_BrokenByAnEdit_FailsUntilMended()
    {
        PolicyFile.WriteDefault(Yaml);
        var source = new PolicyFile(Yaml);
        string right = File.ReadAllText(Yaml);
        source.Current();

        File.WriteAllText(Yaml, right.Replace("dispute: chargeback", "dispute: chargebak", StringComparison.Ordinal));
        Assert.Contains("rule 'charged-back'", Assert.Throws<PolicyFileException>(source.Current).Message, StringComparison.Ordinal);
        Assert.Throws<PolicyFileException>(source.Current);
        File.Delete(Yaml);
        Assert.Contains("can't be read", Assert.Throws<PolicyFileException>(source.Current).Message, StringComparison.Ordinal);

        File.WriteAllText(Yaml, right);
        Assert.Equal("1", source.Current().Version);
    }

    [Fact]
    public void WriteDefault_FileThere_LeavesIt()
    {
        File.WriteAllText(Yaml, "mine");
        Assert.False(PolicyFile.WriteDefault(Yaml));
        Assert.Equal("mine", File.ReadAllText(Yaml));
    }
}
