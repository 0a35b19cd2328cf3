namespace Orchestrator.Sandbox.Hosting;

/// <summary>
/// Where the started stand-ins are and what a client needs to be let in; null for those not started.
/// The credentials are made up by the sandbox and worth nothing elsewhere; even so <c>ToString</c> leaves them out.
/// </summary>
public sealed record SandboxAddresses(
    Uri? Stripe,
    VaultAddress? Vault,
    MailAddress? Mail,
    SmtpAddress? Smtp,
    TeamsAddress? Teams,
    ModelsAddress? Models,
    GraphAddress? Graph);

/// <param name="Address">HTTPS base address, the vault's URI.</param>
/// <param name="Token">Bearer token that may read and write every secret.</param>
/// <param name="Certificate">The self-signed certificate in PEM, to pin.</param>
/// <param name="CertificatePath">The same as a file, or null when no state is kept.</param>
public sealed record VaultAddress(Uri Address, string Token, string Certificate, string? CertificatePath)
{
    public override string ToString() => Address.ToString();
}

/// <param name="Address">Endpoint of the Communication Services resource; its root is the outbox page.</param>
/// <param name="AccessKey">Base64 key that signs requests.</param>
/// <param name="Sender">An address this resource may send from.</param>
public sealed record MailAddress(Uri Address, string AccessKey, string Sender)
{
    public string ConnectionString => $"endpoint={Address};accesskey={AccessKey}";

    public override string ToString() => Address.ToString();
}

/// <summary>User name and password are for AUTH PLAIN, which a client may leave out.</summary>
public sealed record SmtpAddress(string Host, int Port, string UserName, string Password)
{
    public override string ToString() => $"smtp://{Host}:{Port}";
}

/// <param name="Address">The page that shows the cards.</param>
/// <param name="Webhook">The Workflows address, with the signature that is its only credential.</param>
public sealed record TeamsAddress(Uri Address, Uri Webhook)
{
    public override string ToString() => Address.ToString();
}

/// <param name="Address">Base address of the OpenAI API, ending in <c>/v1</c>.</param>
/// <param name="Key">The virtual key.</param>
/// <param name="Model">A model this gateway serves.</param>
public sealed record ModelsAddress(Uri Address, string Key, string Model)
{
    public override string ToString() => Address.ToString();
}

/// <param name="Address">Stands for <c>https://graph.microsoft.com</c>; <c>/v1.0</c> is below it.</param>
/// <param name="Token">The bearer token it takes, in place of one from Entra ID.</param>
/// <param name="TenantId">The tenant named in change notifications.</param>
/// <param name="Mailbox">The shared mailbox it serves.</param>
public sealed record GraphAddress(Uri Address, string Token, string TenantId, string Mailbox)
{
    public override string ToString() => Address.ToString();
}
