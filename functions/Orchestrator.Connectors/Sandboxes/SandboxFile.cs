using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Sandboxes;

/// <summary>
/// Where the stand-ins are and how they let in, shaped as <c>Orchestrator.Sandbox -o json</c> prints it. Its credentials open nothing but the sandbox; even so <c>ToString</c> leaves them out.
/// </summary>
public sealed record SandboxFile(StripeStandIn? Stripe, VaultStandIn? Vault, MailStandIn? Mail, TeamsStandIn? Teams, GraphStandIn? Graph)
{
    public static readonly SandboxFile None = new(null, null, null, null, null);

    /// <exception cref="SettingsException">The file is missing or says nothing.</exception>
    public static SandboxFile Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.Exists(path) ? File.ReadAllText(path) : "null", SandboxJson.Default.SandboxFile)
                ?? throw new SettingsException($"There is no sandbox address file at {path}. Start the sandbox first: Orchestrator.Sandbox -o json > {path}");
        }
        catch (JsonException wrong)
        {
            throw new SettingsException($"{path} is no sandbox address file: it must hold what Orchestrator.Sandbox -o json printed.", wrong);
        }
    }

    public override string ToString() => $"sandbox {Stripe?.Address}";
}

public sealed record StripeStandIn(Uri Address);

/// <param name="Certificate">In PEM, to pin.</param>
public sealed record VaultStandIn(Uri Address, string Token, string Certificate)
{
    public override string ToString() => Address.ToString();
}

public sealed record MailStandIn(Uri Address, string ConnectionString, string Sender)
{
    public string AccessKey => ConnectionString[(ConnectionString.IndexOf("accesskey=", StringComparison.Ordinal) + "accesskey=".Length)..];

    public override string ToString() => Address.ToString();
}

public sealed record TeamsStandIn(Uri Address, Uri Webhook)
{
    public override string ToString() => Address.ToString();
}

public sealed record GraphStandIn(Uri Address, string Token, string TenantId, string Mailbox)
{
    public override string ToString() => Address.ToString();
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SandboxFile))]
internal sealed partial class SandboxJson : JsonSerializerContext;
