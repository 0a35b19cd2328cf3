using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Hosting;

/// <summary>What clients show to be let in. Made up once and kept, so that settings written down still work after a restart.</summary>
internal sealed class Credentials
{
    private readonly JsonObject _values;
    private bool _changed;

    private Credentials(JsonObject values)
    {
        _values = values;
        VaultToken = Keep("vaultToken", Random);
        MailAccessKey = Keep("mailAccessKey", () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)));
        SmtpPassword = Keep("smtpPassword", Random);
        TeamsWorkflow = Keep("teamsWorkflow", () => Guid.NewGuid().ToString("N"));
        TeamsSignature = Keep("teamsSignature", Random);
        ModelsKey = Keep("modelsKey", () => "sk-sandbox-" + Random());
        GraphToken = Keep("graphToken", Random);
        TenantId = Keep("tenantId", () => Guid.NewGuid().ToString());
    }

    public string VaultToken { get; }

    public string MailAccessKey { get; }

    public string SmtpPassword { get; }

    public string TeamsWorkflow { get; }

    public string TeamsSignature { get; }

    public string ModelsKey { get; }

    public string GraphToken { get; }

    public string TenantId { get; }

    public static Credentials LoadOrCreate(string? stateFolder)
    {
        string? path = stateFolder is null ? null : Path.Combine(stateFolder, "credentials.json");
        bool known = File.Exists(path);
        var credentials = new Credentials(known ? JsonNode.Parse(File.ReadAllText(path!))!.AsObject() : []);
        if (path is not null && credentials._changed)
        {
            PrivateFile.Write(path, credentials._values.ToJsonString());
        }

        return credentials;
    }

    private static string Random() => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 43);

    private string Keep(string name, Func<string> make)
    {
        if (_values.Text(name) is { } known)
        {
            return known;
        }

        string made = make();
        _values[name] = made;
        _changed = true;
        return made;
    }
}
