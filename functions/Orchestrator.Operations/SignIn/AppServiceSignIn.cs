using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orchestrator.Operations.SignIn;

/// <summary>
/// Reads <c>X-MS-CLIENT-PRINCIPAL</c>, which App Service Authentication sets after it took any such header off the request. A person is an object id in a tenant
/// (learn.microsoft.com/entra/identity-platform/id-token-claims-reference): names and addresses can be given to somebody else, so they are shown and never decide.
/// </summary>
internal sealed class AppServiceSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string PrincipalHeader = "X-MS-CLIENT-PRINCIPAL";

    private static readonly string[] ObjectIdClaims = ["oid", "http://schemas.microsoft.com/identity/claims/objectidentifier"];

    private static readonly string[] TenantClaims = ["tid", "http://schemas.microsoft.com/identity/claims/tenantid"];

    private static readonly string[] AddressClaims = ["preferred_username", "upn", ClaimTypes.Upn, "email", "emails", ClaimTypes.Email];

    private static readonly string[] GroupClaims = ["groups", "roles", ClaimTypes.Role];

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Read());

    private AuthenticateResult Read()
    {
        if (Request.Headers[PrincipalHeader] is not [{ Length: > 0 } encoded])
        {
            return AuthenticateResult.NoResult();
        }

        AppServicePrincipal? principal = Decode(encoded);
        if (principal?.First(ObjectIdClaims) is not { } person || principal.First(TenantClaims) is not { } tenant || SignInId.Normalize($"{person}@{tenant}") is not { } id)
        {
            return AuthenticateResult.Fail("The sign-in header of App Service can't be read, or names nobody by object id and tenant.");
        }

        if (principal.Value("idtyp") == "app")
        {
            return AuthenticateResult.Fail("The sign-in is an application's own. Decisions and acts here are people's: sign in as a person.");
        }

        IEnumerable<string> groups = (principal.Claims ?? []).Where(claim => GroupClaims.Contains(claim.Typ)).Select(claim => claim.Val);
        string[] addresses = [.. (principal.Claims ?? []).Where(claim => AddressClaims.Contains(claim.Typ)).Select(claim => SignInId.Normalize(claim.Val)).OfType<string>()];
        string name = SignInId.NameFor(addresses.FirstOrDefault() ?? id, principal.Value("name"));
        return AuthenticateResult.Success(new(OperationsClaims.Person(Scheme.Name, id, name, groups, addresses), Scheme.Name));
    }

    private static AppServicePrincipal? Decode(string encoded)
    {
        try
        {
            return JsonSerializer.Deserialize(Convert.FromBase64String(encoded), OperationsJson.Default.AppServicePrincipal);
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>The header's content, as App Service documents it.</summary>
internal sealed record AppServicePrincipal(IReadOnlyList<AppServiceClaim>? Claims)
{
    public string? Value(string type) => Claims?.FirstOrDefault(claim => claim.Typ == type)?.Val;

    /// <summary>The first of these claims that says something.</summary>
    public string? First(IEnumerable<string> types) => types.Select(Value).FirstOrDefault(value => value is { Length: > 0 });
}

internal sealed record AppServiceClaim(string Typ, string Val);
