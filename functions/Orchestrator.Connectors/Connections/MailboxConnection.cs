using Azure.Core;
using Azure.Identity;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Connectors.Mailbox;
using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Connections;

/// <summary>Opens the shared mailbox that the settings name, or the stand-in's.</summary>
internal static class MailboxConnection
{
    /// <summary>Null when no mailbox is watched.</summary>
    public static IMailbox? Open(MailboxSettings? settings, GraphStandIn? standIn, IKeyVault keys, TimeProvider clock) => (settings, standIn) switch
    {
        ({ Use: Switch.Off }, _) => null,
        ({ } real, _) => new GraphMailbox(new GraphOptions(real.Address, baseAddress: real.GraphAddress), Credential(real, keys), HtmlText.Read, clock),
        (_, { } played) => new GraphMailbox(new GraphOptions(played.Mailbox, baseAddress: played.Address), new KeyAsToken(keys), HtmlText.Read, clock),
        _ => null,
    };

    private static TokenCredential Credential(MailboxSettings settings, IKeyVault keys) => settings is { TenantId: { } tenant, ClientId: { } client }
        ? new KeyAsClientSecret(keys, tenant, client)
        : new DefaultAzureCredential();

    /// <summary>The stand-in takes the key itself for a token of Entra ID.</summary>
    private sealed class KeyAsToken(IKeyVault keys) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The mailbox asks asynchronously.");

        public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new((await keys.GetKeyAsync(KeyNames.Mailbox, cancellationToken)).Reveal(), DateTimeOffset.MaxValue);
    }

    /// <summary>The application's secret comes from the vault each time a token is needed, so that a rotation counts at once.</summary>
    private sealed class KeyAsClientSecret(IKeyVault keys, string tenant, string client) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The mailbox asks asynchronously.");

        public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            KeyLease secret = await keys.GetKeyAsync(KeyNames.Mailbox, cancellationToken);
            return await new ClientSecretCredential(tenant, client, secret.Reveal()).GetTokenAsync(requestContext, cancellationToken);
        }
    }
}
