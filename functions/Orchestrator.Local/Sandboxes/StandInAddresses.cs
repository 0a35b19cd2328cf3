using System.Text.Json;
using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Local.State;
using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.Local.Sandboxes;

/// <summary>Tells other processes where the stand-ins that this head started are.</summary>
internal static class StandInAddresses
{
    public static SandboxFile From(SandboxAddresses addresses) => new(
        addresses.Stripe is { } stripe ? new(stripe) : null,
        addresses.Vault is { } vault ? new(vault.Address, vault.Token, vault.Certificate) : null,
        addresses.Mail is { } mail ? new(mail.Address, mail.ConnectionString, mail.Sender) : null,
        addresses.Teams is { } teams ? new(teams.Address, teams.Webhook) : null,
        addresses.Graph is { } graph ? new(graph.Address, graph.Token, graph.TenantId, graph.Mailbox) : null);

    public static void Write(SandboxFile file, string path) => PrivateFile.Write(path, JsonSerializer.Serialize(file, LocalJson.Default.SandboxFile));
}
