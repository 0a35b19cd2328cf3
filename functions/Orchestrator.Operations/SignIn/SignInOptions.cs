namespace Orchestrator.Operations.SignIn;

/// <summary>Who proves who somebody is.</summary>
public abstract record SignInOptions
{
    private SignInOptions()
    {
    }

    /// <summary>
    /// App Service Authentication (learn.microsoft.com/azure/app-service/configure-authentication-user-identities): its front end strips these headers from outside and sets its own.
    /// Choose it only where that feature is on; anywhere else the headers can be forged.
    /// </summary>
    /// <param name="LoginPath">Where a signed-out browser is sent.</param>
    public sealed record AppService(string LoginPath = "/.auth/login/aad") : SignInOptions;

    /// <summary>An authenticating proxy in front. Its headers count only on connections from the named addresses.</summary>
    /// <param name="TrustedAddresses">Addresses or networks (CIDR) of the proxy; at least one.</param>
    /// <param name="IdHeader">The signed-in address.</param>
    /// <param name="NameHeader">The name for display; null: none is believed.</param>
    /// <param name="GroupsHeader">Groups, separated by commas; null: none is believed. Only names of groups in the policy file count.</param>
    public sealed record Proxy(IReadOnlyList<string> TrustedAddresses, string IdHeader, string? NameHeader = null, string? GroupsHeader = null) : SignInOptions;

    /// <summary>For one machine: a one-time code, written to the log. Loopback only, and never beside a live Stripe key.</summary>
    /// <param name="CodeFile">Also written here, readable by the owner alone, so that the owner's command line may sign in.</param>
    public sealed record Development(string? CodeFile = null) : SignInOptions;
}
