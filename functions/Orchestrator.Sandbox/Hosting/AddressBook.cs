using Orchestrator.Sandbox.Mail;
using Orchestrator.Sandbox.Models;
using Orchestrator.Sandbox.Teams;
using Orchestrator.Sandbox.Vault;

namespace Orchestrator.Sandbox.Hosting;

/// <summary>Says of each started server what a client of it has to know.</summary>
internal static class AddressBook
{
    public static SandboxAddresses Write(
        IReadOnlyList<StandInServer> servers, SmtpListener? smtp, Credentials credentials, VaultCertificate? certificate, SandboxOptions options)
    {
        Uri? At(string name) => servers.FirstOrDefault(server => server.Name == name)?.Address;

        return new SandboxAddresses(
            At("stripe"),
            At("vault") is { } vault ? new VaultAddress(vault, credentials.VaultToken, certificate!.Pem, certificate.Path) : null,
            At("mail") is { } mail ? new MailAddress(mail, credentials.MailAccessKey, Sender(options)) : null,
            smtp is null ? null : new SmtpAddress("127.0.0.1", smtp.Port, SmtpListener.UserName, credentials.SmtpPassword),
            At("teams") is { } teams ? new TeamsAddress(teams, TeamsStandIn.Webhook(teams, credentials)) : null,
            At("models") is { } models ? new ModelsAddress(new Uri(models, "v1"), credentials.ModelsKey, ModelsStandIn.Model) : null,
            At("graph") is { } graph ? new GraphAddress(graph, credentials.GraphToken, credentials.TenantId, options.Mailbox) : null);
    }

    private static string Sender(SandboxOptions options) => "DoNotReply@" + (options.MailDomains.Count > 0 ? options.MailDomains[0] : "sandbox.example");
}
