using System.Text.RegularExpressions;

namespace Orchestrator.Infra.Tests.Text;

public sealed partial class AlertsTests
{
    [Fact]
    public void Alerts_AreThosePromised() =>
        Assert.Equal(
            [
                "orchestrator.approvals.near_deadline",
                "orchestrator.audit.broken",
                "orchestrator.cases.failed",
                "orchestrator.cases.stuck",
                "orchestrator.keys.refused",
                "orchestrator.refunds.failed_after_announcement",
            ],
            Metric().Matches(Infra.Files["modules/alerts.bicep"]).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Readme_SaysWhatEachAlertMeans()
    {
        string readme = Infra.Read("README.md");

        Assert.All(
            Title().Matches(Infra.Files["modules/alerts.bicep"]).Select(match => match.Groups[1].Value),
            title => Assert.Contains($"| {title} |", readme, StringComparison.Ordinal));
    }

    [GeneratedRegex(@" Name == ""([\w.]+)""")]
    private static partial Regex Metric();

    [GeneratedRegex("(?:title|displayName): '([^']+)'")]
    private static partial Regex Title();
}
