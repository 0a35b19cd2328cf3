namespace Orchestrator.Local.Settings;

/// <summary>What is wrong between sections, each right by itself.</summary>
internal static class SettingsTogether
{
    public static IEnumerable<SettingsFault> Check(LocalSettings settings)
    {
        bool development = settings.SignIn.Kind == SignInKind.Development;
        if (development && !settings.Web.IsLoopback)
        {
            yield return new("SignIn.Kind", "is development, which proves nobody's identity, so it serves on loopback only: put an authenticating proxy before it (\"proxy\"), or take out Web.Listen and Web.PublicAddress", null);
        }

        if (development && settings.Stripe?.Mode == StripeMode.Live)
        {
            yield return new("SignIn.Kind", "is development, which must not approve live money: use \"proxy\" or \"appService\"", null);
        }

        if (settings.Mailbox is { Use: Switch.On, GraphAddress.IsLoopback: false } && settings.Web.PublicAddress is null or { IsLoopback: true })
        {
            yield return new("Mailbox", "is real, and Graph tells of new mail over the internet: set Web.PublicAddress to where it reaches this process", null);
        }

        if (settings.Keys is not null)
        {
            yield break;
        }

        const string Needed = "is real, so its key must come from your own vault or key file: set Keys.VaultAddress or Keys.File";
        if (settings.Stripe is not null)
        {
            yield return new("Stripe", Needed, null);
        }

        if (settings.Mail is not null)
        {
            yield return new("Mail", Needed, null);
        }

        if (settings.Teams?.Webhook == Switch.On)
        {
            yield return new("Teams.Webhook", Needed, null);
        }

        if (settings.Model is not null)
        {
            yield return new("Model", Needed, null);
        }

        if (settings.Mailbox is { Use: Switch.On, ClientId: not null })
        {
            yield return new("Mailbox.ClientId", Needed, null);
        }
    }
}
