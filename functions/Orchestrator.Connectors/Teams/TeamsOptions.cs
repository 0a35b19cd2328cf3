using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Teams;

/// <summary>What the cards link to and how fast they may follow each other. The webhook's address is the key <c>teams-webhook</c>.</summary>
public sealed record TeamsOptions
{
    /// <param name="publicAddress">Where approvers reach the product, such as <c>https://refunds.example.com</c>.</param>
    /// <param name="perSecond">Default 4: Teams throttles beyond.</param>
    /// <exception cref="SettingsException">Says which setting is wrong.</exception>
    public TeamsOptions(Uri? publicAddress, int perSecond = 4, TimeSpan? timeout = null)
    {
        PublicAddress = Checked.Address(publicAddress, "PublicAddress");
        PerSecond = perSecond is >= 1 and <= 1000 ? perSecond : throw new SettingsException("'Teams:PerSecond' must be from 1 to 1000; Teams itself takes 4.");
        Timeout = Checked.Time(timeout ?? TimeSpan.FromSeconds(15), "Teams:Timeout");
    }

    public Uri PublicAddress { get; }

    public int PerSecond { get; }

    public TimeSpan Timeout { get; }
}
