using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Vault;

/// <summary>
/// Key Vault's secrets as <c>Azure.Security.KeyVault.Secrets</c> speaks to them: bearer challenge, versions, properties.
/// A disabled version is refused; an expired one is still handed out, with its <c>exp</c> in the past, as Key Vault does
/// (learn.microsoft.com/azure/key-vault/secrets/about-secrets, "Date-time controlled operations").
/// </summary>
internal sealed partial class VaultStandIn : IStandIn
{
    private const int LongestValue = 25 * 1024;
    private readonly Journal _journal;
    private readonly SandboxClock _clock;
    private readonly SecretStore _secrets;
    private readonly VaultAccess _access;
    private readonly VaultRequestLog _log = new();
    private readonly string _tenant;

    public VaultStandIn(string? stateFolder, SandboxClock clock, Credentials credentials, IReadOnlyDictionary<string, string> seeds)
    {
        _journal = new Journal(stateFolder is null ? null : Path.Combine(stateFolder, "vault.jsonl"));
        _clock = clock;
        _secrets = new SecretStore(_journal, clock);
        _secrets.Seed(seeds);
        _access = new VaultAccess(_journal, credentials.VaultToken);
        _tenant = credentials.TenantId;
    }

    public string Name => "vault";

    public void Map(WebApplication app)
    {
        app.MapGet("/secrets", Guarded("list", "list", ListAsync));
        app.MapGet("/secrets/{name}/versions", Guarded("versions", "list", VersionsAsync));
        app.MapGet("/secrets/{name}/{version?}", Guarded("get", "get", GetAsync));
        app.MapPut("/secrets/{name}", Guarded("set", "set", SetAsync));
        app.MapPatch("/secrets/{name}/{version?}", Guarded("update", "set", UpdateAsync));
        app.MapPost("/_sandbox/vault/tokens", (RequestDelegate)AllowAsync);
        app.MapGet("/_sandbox/vault/requests", (RequestDelegate)(context => Wire.AnswerAsync(context, 200, new JsonObject { ["requests"] = _log.Describe() })));
        app.MapDelete("/_sandbox/vault/requests", (RequestDelegate)(context =>
        {
            _log.Clear();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }));
    }

    public void Dispose() => _journal.Dispose();

    [GeneratedRegex("^[0-9a-zA-Z-]{1,127}$")]
    private static partial Regex SecretName { get; }

    private static string Vault(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";

    private static string? Asked(HttpContext context, string name) => context.Request.RouteValues[name] as string;

    /// <summary>Authentication, then the api-version, then permission: the order in which Key Vault refuses.</summary>
    private RequestDelegate Guarded(string operation, string permission, RequestDelegate act) => async context =>
    {
        string? token = Wire.BearerToken(context);
        var policy = _access.Find(token);
        string? name = Asked(context, "name");
        try
        {
            if (policy is null)
            {
                await VaultErrors.UnauthorizedAsync(context, _tenant, token is not null);
            }
            else if (context.Request.Query["api-version"].Count == 0)
            {
                await VaultErrors.BadParameterAsync(context, "api-version must be specified");
            }
            else if (name is not null && !SecretName.IsMatch(name))
            {
                await VaultErrors.BadParameterAsync(context, $"The request URI contains an invalid name: {name}");
            }
            else if (!policy.Allows(permission, name))
            {
                await VaultErrors.ForbiddenAsync(context, policy, permission);
            }
            else
            {
                await act(context);
            }
        }
        finally
        {
            string? version = context.Items["version"] as string ?? Asked(context, "version");
            _log.Add(new VaultRequest(_clock.GetUtcNow(), policy?.Caller, operation, name, version, context.Response.StatusCode));
        }
    };

    private Task GetAsync(HttpContext context)
    {
        string name = Asked(context, "name")!;
        string? version = Asked(context, "version");
        if (_secrets.Find(name, version) is not { } secret)
        {
            return VaultErrors.NotFoundAsync(context, version is null ? name : $"{name}/{version}");
        }

        context.Items["version"] = secret.Version;
        return secret.Enabled
            ? Wire.AnswerAsync(context, 200, secret.Describe(Vault(context), withValue: true, withVersion: true))
            : VaultErrors.DisabledAsync(context);
    }

    private Task ListAsync(HttpContext context) => PageAsync(context, _secrets.List(), withVersion: false);

    private Task VersionsAsync(HttpContext context) => PageAsync(context, _secrets.Versions(Asked(context, "name")!), withVersion: true);

    private static Task PageAsync(HttpContext context, IReadOnlyList<SecretVersion> all, bool withVersion)
    {
        int size = int.TryParse(context.Request.Query["maxresults"], out int asked) && asked is >= 1 and <= 25 ? asked : 25;
        int from = int.TryParse(context.Request.Query["$skiptoken"], out int skip) && skip > 0 ? skip : 0;
        string vault = Vault(context);
        string? next = from + size < all.Count
            ? $"{vault}{context.Request.Path}?api-version={Uri.EscapeDataString(context.Request.Query["api-version"].ToString())}&$skiptoken={from + size}&maxresults={size}"
            : null;
        return Wire.AnswerAsync(context, 200, new JsonObject
        {
            ["value"] = new JsonArray([.. all.Skip(from).Take(size).Select(one => (JsonNode)one.Describe(vault, withValue: false, withVersion))]),
            ["nextLink"] = next,
        });
    }

    private async Task SetAsync(HttpContext context)
    {
        var body = await Wire.ReadObjectAsync(context);
        if (body?.Text("value") is not { } value)
        {
            await VaultErrors.BadParameterAsync(context, "The property \"value\" is required and must be a string.");
            return;
        }

        if (Encoding.UTF8.GetByteCount(value) > LongestValue)
        {
            await VaultErrors.BadParameterAsync(context, $"The secret value exceeds {LongestValue} bytes.");
            return;
        }

        var made = _secrets.Set(Asked(context, "name")!, value, body.Text("contentType"), body.Child("tags"), body.Child("attributes"));
        context.Items["version"] = made.Version;
        await Wire.AnswerAsync(context, 200, made.Describe(Vault(context), withValue: true, withVersion: true));
    }

    private async Task UpdateAsync(HttpContext context)
    {
        string name = Asked(context, "name")!;
        string? version = Asked(context, "version") ?? _secrets.Find(name, null)?.Version;
        if (await Wire.ReadObjectAsync(context) is not { } change)
        {
            await VaultErrors.BadParameterAsync(context, "The request body is not a JSON object.");
            return;
        }

        if (version is null || _secrets.Update(name, version, change) is not { } changed)
        {
            await VaultErrors.NotFoundAsync(context, version is null ? name : $"{name}/{version}");
            return;
        }

        await Wire.AnswerAsync(context, 200, changed.Describe(Vault(context), withValue: false, withVersion: true));
    }

    /// <summary><c>{"token":"…","caller":"…","secrets":["…"],"permissions":["get"]}</c>; without secrets all of them, without permissions only get.</summary>
    private async Task AllowAsync(HttpContext context)
    {
        var body = await Wire.ReadObjectAsync(context);
        if (body?.Text("token") is not { Length: > 0 } token)
        {
            await Wire.RefuseAsync(context, "token is a text, not empty.");
            return;
        }

        var policy = VaultPolicy.FromFact(body);
        _access.Allow(token, policy);
        await Wire.AnswerAsync(context, 200, policy.ToFact());
    }
}
