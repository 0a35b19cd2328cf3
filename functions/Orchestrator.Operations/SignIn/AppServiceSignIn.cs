using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orchestrator.Operations.SignIn;

/// <summary>Reads <c>X-MS-CLIENT-PRINCIPAL</c>, which App Service Authentication sets after it took any such header off the request.</summary>
internal sealed class AppServiceSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string PrincipalHeader = "X-MS-CLIENT-PRINCIPAL";

    private static readonly string[] IdClaims =
        ["preferred_username", "upn", ClaimTypes.Upn, "email", "emails", ClaimTypes.Email, "http://schemas.microsoft.com/identity/claims/objectidentifier"];

    private static readonly string[] GroupClaims = ["groups", "roles", ClaimTypes.Role];

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Read());

    private AuthenticateResult Read()
    {
        if (Request.Headers[PrincipalHeader] is not [{ Length: > 0 } encoded])
        {
            return AuthenticateResult.NoResult();
        }

        AppServicePrincipal? principal = Decode(encoded);
        string? stated = principal is null ? null : IdClaims.Select(principal.Value).FirstOrDefault(value => value is { Length: > 0 });
        if (principal is null || SignInId.Normalize(stated) is not { } id)
        {
            return AuthenticateResult.Fail("The sign-in header of App Service can't be read, or names nobody.");
        }

        if (principal.Value("idtyp") == "app")
        {
            return AuthenticateResult.Fail("The sign-in is an application's own. Decisions and acts here are people's: sign in as a person.");
        }

        IEnumerable<string> groups = (principal.Claims ?? []).Where(claim => GroupClaims.Contains(claim.Typ)).Select(claim => claim.Val);
        return AuthenticateResult.Success(new(OperationsClaims.Person(Scheme.Name, id, SignInId.NameFor(id, principal.Value("name")), groups), Scheme.Name));
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
}

internal sealed record AppServiceClaim(string Typ, string Val);
