using System.Text.Json;
using Orchestrator.Local.State;
using Orchestrator.Sandbox.Hosting;

namespace Orchestrator.Local.Sandboxes;

/// <summary>
/// Where the stand-ins are and how they let in, shaped as <c>Orchestrator.Sandbox -o json</c> prints it. Its credentials open nothing but the sandbox; even so <c>ToString</c> leaves them out.
/// </summary>
internal sealed record SandboxFile(StripeStandIn? Stripe, VaultStandIn? Vault, MailStandIn? Mail, TeamsStandIn? Teams, GraphStandIn? Graph)
{
    public static readonly SandboxFile None = new(null, null, null, null, null);

    public static SandboxFile From(SandboxAddresses addresses) => new(
        addresses.Stripe is { } stripe ? new(stripe) : null,
        addresses.Vault is { } vault ? new(vault.Address, vault.Token, vault.Certificate) : null,
        addresses.Mail is { } mail ? new(mail.Address, mail.ConnectionString, mail.Sender) : null,
        addresses.Teams is { } teams ? new(teams.Address, teams.Webhook) : null,
        addresses.Graph is { } graph ? new(graph.Address, graph.Token, graph.TenantId, graph.Mailbox) : null);

    /// <exception cref="LocalException">The file is missing or says nothing.</exception>
    public static SandboxFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(PrivateFile.ReadOrNull(path) ?? "null", LocalJson.Default.SandboxFile)
                ?? throw new LocalException($"There is no sandbox address file at {path}. Start the sandbox first: Orchestrator.Sandbox -o json > {path}");
        }
        catch (JsonException wrong)
        {
            throw new LocalException($"{path} is no sandbox address file: it must hold what Orchestrator.Sandbox -o json printed.", wrong);
        }
    }

    public void Write(string path) => PrivateFile.Write(path, JsonSerializer.Serialize(this, LocalJson.Default.SandboxFile));

    public override string ToString() => $"sandbox {Stripe?.Address}";
}

internal sealed record StripeStandIn(Uri Address);

/// <param name="Certificate">In PEM, to pin.</param>
internal sealed record VaultStandIn(Uri Address, string Token, string Certificate)
{
    public override string ToString() => Address.ToString();
}

internal sealed record MailStandIn(Uri Address, string ConnectionString, string Sender)
{
    public string AccessKey => ConnectionString[(ConnectionString.IndexOf("accesskey=", StringComparison.Ordinal) + "accesskey=".Length)..];

    public override string ToString() => Address.ToString();
}

internal sealed record TeamsStandIn(Uri Address, Uri Webhook)
{
    public override string ToString() => Address.ToString();
}

internal sealed record GraphStandIn(Uri Address, string Token, string TenantId, string Mailbox)
{
    public override string ToString() => Address.ToString();
}
