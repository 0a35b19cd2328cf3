using System.Collections;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.AzureFunctions;

/// <summary>All settings of this head, checked: those that every head reads, from application settings named <c>ORCHESTRATOR__Section__Key</c>, and what the platform says.</summary>
/// <param name="PublicAddress">How people reach the pages: <c>Web.PublicAddress</c>, else the name that the platform gave the app.</param>
/// <param name="Storage">Where task hub, records and key ring are: the host's own connection <c>AzureWebJobsStorage</c>.</param>
/// <param name="InAzure">Whether this runs there, and not on a machine of one's own.</param>
internal sealed record AzureSettings(SharedSettings Shared, Uri PublicAddress, StorageConnection Storage, bool InAzure)
{
    private const string Development = "Development";

    /// <summary>Whether people sign in by a code on this machine.</summary>
    public bool HasDevelopmentSignIn => Shared.SignIn.Kind == SignInKind.Development;

    /// <exception cref="SettingsException">Something is wrong: one sentence for each.</exception>
    public static AzureSettings Read(IDictionary environment)
    {
        string? Variable(string name) => environment[name] as string is { Length: > 0 } text ? text : null;

        var reader = SettingsReader.Open(null, mustExist: false, environment);
        var shared = SharedSettings.Read(reader, reader.Section("Web", SharedSettings.ReadPublicAddress));
        reader.Refuse("TaskHub", "is the embedded engine's: on Azure Functions host.json says it, under extensions.durableTask");
        bool inAzure = Variable("WEBSITE_SITE_NAME") is not null || Variable("AZURE_FUNCTIONS_ENVIRONMENT") is { } named && !named.Equals(Development, StringComparison.OrdinalIgnoreCase);
        CheckSignIn(reader, shared, inAzure, authenticates: bool.TryParse(Variable("WEBSITE_AUTH_ENABLED"), out bool on) && on);
        if (inAzure && shared.UsesSandbox)
        {
            reader.Fault("Sandbox", $"plays {string.Join(", ", shared.Played)} where no section names the real one, and there is no sandbox in Azure: set Stripe.Mode, Keys.VaultAddress, Mail.Endpoint, Teams.Webhook and Mailbox.Use");
        }

        var storage = StorageConnection.Read(Variable);
        if (storage is null)
        {
            reader.Fault("AzureWebJobsStorage", "is not set: name the storage account with AzureWebJobsStorage__accountName, or on a machine of your own UseDevelopmentStorage=true with Azurite running");
        }

        reader.ThrowIfFaulty();
        return new(shared, shared.PublicAddress ?? AddressOf(Variable("WEBSITE_HOSTNAME") ?? "localhost:7071"), storage!, inAzure);
    }

    /// <summary>No secret is in it, but nothing of it is needed in a log either.</summary>
    public override string ToString() => PublicAddress.ToString();

    private static void CheckSignIn(SettingsReader reader, SharedSettings shared, bool inAzure, bool authenticates)
    {
        switch (shared.SignIn.Kind)
        {
            case SignInKind.Development when inAzure:
                reader.Fault("SignIn.Kind", "is development, which proves nobody's identity and is for a machine of your own: set it to \"appService\" and switch App Service Authentication on");
                break;
            case SignInKind.Development when shared.PublicAddress is { IsLoopback: false }:
                reader.Fault("SignIn.Kind", "is development, which proves nobody's identity, so it serves on loopback only: take out Web.PublicAddress, or use \"appService\"");
                break;
            case SignInKind.AppService when !authenticates:
                reader.Fault("SignIn.Kind", "is appService, but App Service Authentication is off for this app (WEBSITE_AUTH_ENABLED is not True), so that anybody could forge its headers: switch it on under Settings, Authentication");
                break;
            default:
                break;
        }
    }

    private static Uri AddressOf(string host) =>
        new UriBuilder(host.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) || host.StartsWith("127.", StringComparison.Ordinal) ? "http://" + host : "https://" + host).Uri;
}
