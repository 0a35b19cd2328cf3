using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orchestrator.Operations.SignIn;

/// <summary>Wires the one sign-in that the options name, and the rule that everything demands it.</summary>
internal static class SignInServices
{
    public static void AddSignIn(this IServiceCollection services, OperationsOptions options)
    {
        string scheme = options.SignIn switch
        {
            SignInOptions.AppService => Schemes.AppService,
            SignInOptions.Proxy => Schemes.Proxy,
            _ => Schemes.Session,
        };
        AuthenticationBuilder authentication = services.AddAuthentication(Schemes.Any)
            .AddPolicyScheme(Schemes.Any, null, any => any.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.ToString().StartsWith(TokenSignIn.Prefix, StringComparison.OrdinalIgnoreCase) && !IsProvenInFront(context.Request, options.SignIn) ? Schemes.Token : scheme)
            .AddScheme<AuthenticationSchemeOptions, TokenSignIn>(Schemes.Token, null);
        switch (options.SignIn)
        {
            case SignInOptions.AppService:
                authentication.AddScheme<AuthenticationSchemeOptions, AppServiceSignIn>(Schemes.AppService, null);
                break;
            case SignInOptions.Proxy proxy:
                services.AddSingleton(proxy).AddSingleton(new TrustedNetworks(proxy.TrustedAddresses));
                authentication.AddScheme<AuthenticationSchemeOptions, ProxySignIn>(Schemes.Proxy, null);
                break;
            case SignInOptions.Development development:
                services.AddSingleton(development).AddSingleton<OneTimeCode>().AddSingleton<IHostedService, LoopbackGuard>().AddSingleton<Sessions>();
                services.AddOptions<CookieAuthenticationOptions>(Schemes.Session)
                    .Configure<Sessions, TimeProvider>((cookie, sessions, clock) => (cookie.SessionStore, cookie.TimeProvider) = (sessions, clock));
                authentication.AddCookie(Schemes.Session, cookie => Session(cookie, options));
                break;
        }

        IDataProtectionBuilder protection = services.AddDataProtection().SetApplicationName("Orchestrator");
        if (options.KeyRingFolder is { } folder)
        {
            protection.PersistKeysToFileSystem(OwnersFolder(folder));
        }

        services.AddSingleton<SessionTokens>().AddSingleton<People>().AddSingleton<Visitors>();
        services.AddSingleton<IAuthorizationHandler, RoleCheck>().AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        AuthorizationBuilder authorization = services.AddAuthorizationBuilder();
        foreach (Role role in Enum.GetValues<Role>())
        {
            authorization.AddPolicy(RoleRequirement.PolicyName(role), policy => policy.RequireAuthenticatedUser().AddRequirements(new RoleRequirement(role)));
        }

        AuthorizationPolicy viewer = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new RoleRequirement(Role.Viewer)).Build();
        authorization.SetDefaultPolicy(viewer).SetFallbackPolicy(viewer);
    }

    /// <summary>A token that App Service or the proxy has checked comes through to here beside the header that says whose it is; it is none of this server's own.</summary>
    private static bool IsProvenInFront(HttpRequest request, SignInOptions signIn) => signIn switch
    {
        SignInOptions.AppService => request.Headers.ContainsKey(AppServiceSignIn.PrincipalHeader),
        SignInOptions.Proxy proxy => request.Headers.ContainsKey(proxy.IdHeader),
        _ => false,
    };

    private static void Session(CookieAuthenticationOptions cookie, OperationsOptions options)
    {
        cookie.Cookie.Name = "orchestrator-session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = options.IsPublicOverHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Sessions.Idle;
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = context =>
        {
            if (!LoopbackGuard.IsLocal(context.HttpContext))
            {
                context.RejectPrincipal();
            }

            return Task.CompletedTask;
        };
    }

    private static DirectoryInfo OwnersFolder(string folder) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(folder)
        : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
