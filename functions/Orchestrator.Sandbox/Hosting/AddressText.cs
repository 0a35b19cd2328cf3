using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Hosting;

/// <summary>The addresses for a person, and on one line for a program. Both tell the credentials: they open nothing but this sandbox.</summary>
internal static class AddressText
{
    private static readonly JsonSerializerOptions s_plain = new(JsonSerializerOptions.Default) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(SandboxAddresses addresses)
    {
        var all = Describe(addresses);
        if (addresses.Vault is { } vault)
        {
            all["vault"]!["certificate"] = vault.Certificate;
        }

        return all.ToJsonString(s_plain);
    }

    public static string Plain(SandboxAddresses addresses)
    {
        var text = new StringBuilder("The sandbox is ready. Ctrl-C stops it.\n");
        foreach (var (service, fields) in Describe(addresses))
        {
            text.Append('\n').Append(service).Append('\n');
            foreach (var (name, value) in fields!.AsObject().Where(field => field.Value is not null))
            {
                text.Append("  ").Append(name.PadRight(18)).Append(value).Append('\n');
            }
        }

        return text.ToString();
    }

    private static JsonObject Describe(SandboxAddresses addresses)
    {
        var all = new JsonObject();
        if (addresses.Stripe is { } stripe)
        {
            all["stripe"] = new JsonObject { ["address"] = stripe.ToString() };
        }

        if (addresses.Vault is { } vault)
        {
            all["vault"] = new JsonObject { ["address"] = vault.Address.ToString(), ["token"] = vault.Token, ["certificatePath"] = vault.CertificatePath };
        }

        if (addresses.Mail is { } mail)
        {
            all["mail"] = new JsonObject { ["address"] = mail.Address.ToString(), ["connectionString"] = mail.ConnectionString, ["sender"] = mail.Sender };
        }

        if (addresses.Smtp is { } smtp)
        {
            all["smtp"] = new JsonObject { ["host"] = smtp.Host, ["port"] = smtp.Port, ["userName"] = smtp.UserName, ["password"] = smtp.Password };
        }

        if (addresses.Teams is { } teams)
        {
            all["teams"] = new JsonObject { ["address"] = teams.Address.ToString(), ["webhook"] = teams.Webhook.AbsoluteUri };
        }

        if (addresses.Models is { } models)
        {
            all["models"] = new JsonObject { ["address"] = models.Address.ToString(), ["key"] = models.Key, ["model"] = models.Model };
        }

        if (addresses.Graph is { } graph)
        {
            all["graph"] = new JsonObject { ["address"] = graph.Address.ToString(), ["token"] = graph.Token, ["tenantId"] = graph.TenantId, ["mailbox"] = graph.Mailbox };
        }

        return all;
    }
}
