using Orchestrator.Connectors.Settings;

namespace Orchestrator.Local.Doctor;

/// <summary>Whose word is believed about who signs in, and who may what.</summary>
internal static class SignInChecks
{
    public static IEnumerable<Finding> Run(SharedSettings settings)
    {
        SignInSettings signIn = settings.SignIn;
        if (signIn.Kind != SignInKind.Proxy)
        {
            yield break;
        }

        yield return Finding.Note(
            "sign-in",
            $"Believed from {string.Join(", ", signIn.ProxyAddresses)} alone: {string.Join(", ", signIn.BelievedHeaders)}.",
            $"See to it that the proxy takes {(signIn.BelievedHeaders.Count == 1 ? "this header" : "these headers")} off every request from outside before it sets its own.");
        RoleSettings roles = settings.Roles.Under(signIn.Kind);
        if (roles is { Operator: [], Administrator: [] })
        {
            yield return Finding.Note("roles", "Nobody may suspend, rewind, end or purge cases.", "Name groups of the policy under Roles.Operator and Roles.Administrator.");
        }
    }
}
