namespace Orchestrator.Connectors.Settings;

/// <summary>What is wrong between the shared sections, each right by itself.</summary>
internal static class SettingsTogether
{
    private const string NeedsKeys = "is real, so its key must come from your own vault or key file: set Keys.VaultAddress or Keys.File";

    public static void Check(SharedSettings settings, SettingsReader reader)
    {
        if (settings.SignIn.Kind == SignInKind.Development && settings.Stripe?.Mode == StripeMode.Live)
        {
            reader.Fault("SignIn.Kind", "is development, which must not approve live money: use \"proxy\" or \"appService\"");
        }

        if (settings.Mailbox is { Use: Switch.On, GraphAddress.IsLoopback: false } && settings.PublicAddress is null or { IsLoopback: true })
        {
            reader.Fault("Mailbox", "is real, and Graph tells of new mail over the internet: set Web.PublicAddress to where it reaches this process");
        }

        foreach (string real in settings.Keys is null ? RealWithKeys(settings) : [])
        {
            reader.Fault(real, NeedsKeys);
        }
    }

    private static IEnumerable<string> RealWithKeys(SharedSettings settings)
    {
        if (settings.Stripe is not null)
        {
            yield return "Stripe";
        }

        if (settings.Mail is not null)
        {
            yield return "Mail";
        }

        if (settings.Teams?.Webhook == Switch.On)
        {
            yield return "Teams.Webhook";
        }

        if (settings.Model is not null)
        {
            yield return "Model";
        }

        if (settings.Mailbox is { Use: Switch.On, ClientId: not null })
        {
            yield return "Mailbox.ClientId";
        }
    }
}
