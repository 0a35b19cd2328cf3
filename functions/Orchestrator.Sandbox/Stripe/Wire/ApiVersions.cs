using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>The sandbox answers in the shapes of 2026-10-28 whatever version is asked for; what is no version at all is refused.</summary>
internal static partial class ApiVersions
{
    public static void Check(string? version)
    {
        if (version is { Length: > 0 } && !Version().IsMatch(version))
        {
            throw StripeRefusal.Validation($"Invalid Stripe API version: {version}");
        }
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(\.[a-z]+)?(; .*)?$")]
    private static partial Regex Version();
}
