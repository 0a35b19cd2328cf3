using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Keys;
using Orchestrator.Connectors.Settings;
using Orchestrator.Connectors.Stripe;

namespace Orchestrator.Local.Doctor;

/// <summary>A Stripe key's kind, and its permissions as Stripe itself proves them, in words.</summary>
internal static class StripeKeyChecks
{
    /// <param name="mode">Null at the sandbox.</param>
    public static async Task<IReadOnlyList<Finding>> RunAsync(StripeKeyProbe probe, KeyLease key, StripeMode? mode, CancellationToken cancellationToken)
    {
        string area = "key " + key.Name;
        if (StripeKeyRules.Refuse(key, mode ?? StripeMode.Test) is { } refused)
        {
            return [Finding.Wrong(area, "It is of the wrong kind.", refused)];
        }

        try
        {
            StripeKeyReport report = await probe.ProbeAsync(key, cancellationToken);
            string held = string.Join(", ", report.Permissions.Where(permission => permission.IsAsItShouldBe).Select(permission => (permission.Wanted ? "may " : "may not ") + permission.What));
            return
            [
                Finding.Good(area, $"It is {StripeKeyRules.Words(key)}, version {key.Version}; proven at Stripe: {held}."),
                .. report.Permissions.Where(permission => !permission.IsAsItShouldBe).Select(permission => Of(area, key, permission, mode)),
            ];
        }
        catch (OutsideFailureException failure)
        {
            return [Finding.Wrong(area, failure.Message, $"{StripeKeyRules.HowToMakeOne} {StripeKeyRules.Needs(key.Name)}, and store it as '{key.Name}'.")];
        }
    }

    /// <summary>A permission too many is wrong where money is real, and a thing to know in test mode.</summary>
    private static Finding Of(string area, KeyLease key, StripePermission permission, StripeMode? mode)
    {
        Health health = permission switch
        {
            { Finding: PermissionFinding.Unknown } => Health.Note,
            { Wanted: false } when mode != StripeMode.Live => Health.Note,
            _ => Health.Wrong,
        };
        return new(area, health, $"It {permission.Sentence}.", $"In all it needs to be made {StripeKeyRules.Needs(key.Name)}.");
    }
}
