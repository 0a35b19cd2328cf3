using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Settings;
using Orchestrator.Connectors.Stripe;

namespace Orchestrator.Connectors.Keys;

/// <summary>Which Stripe keys may be used: restricted ones, of the mode that the settings name; in test mode an unrestricted one is put up with.</summary>
public static class StripeKeyRules
{
    public const string HowToMakeOne = "Make a restricted key at https://dashboard.stripe.com/apikeys/create";

    /// <summary>Why a key must not be used in this mode, or null.</summary>
    public static string? Refuse(KeyLease key, StripeMode mode)
    {
        var kind = StripeKeyKind.Of(key.Reveal());
        if (kind.Use is not (StripeKeyUse.Restricted or StripeKeyUse.Secret) || kind.Mode == StripeKeyMode.Unknown)
        {
            return $"The key '{key.Name}' is no key that a server may use: it must begin with rk_{(mode == StripeMode.Live ? "live" : "test")}_. {HowToMakeOne} {Needs(key.Name)}.";
        }

        if (kind.IsLiveAndUnrestricted)
        {
            return $"The key '{key.Name}' is a live Stripe key that may do everything; this orchestrator works with restricted live keys only. {HowToMakeOne} {Needs(key.Name)}, store it as '{key.Name}', and start again.";
        }

        bool live = kind.Mode == StripeKeyMode.Live;
        return live == (mode == StripeMode.Live) ? null
            : $"The key '{key.Name}' is a {(live ? "live" : "test")} key, but Stripe.Mode is \"{(live ? "test" : "live")}\". Store a key of that mode, or change Stripe.Mode.";
    }

    public static string Words(KeyLease key)
    {
        var kind = StripeKeyKind.Of(key.Reveal());
        return $"{(kind.Use == StripeKeyUse.Restricted ? "a restricted" : "an unrestricted")} {(kind.Mode == StripeKeyMode.Live ? "live" : "test")} key";
    }

    /// <summary>The permissions, as the dashboard names them.</summary>
    /// <exception cref="PermanentFailureException">No such key of Stripe's is declared: nobody knows what it would need.</exception>
    public static string Needs(string name) => KeyDefinition.Of(name) is { Provider: KeyProvider.Stripe } key
        ? key.RightsInWords
        : throw new PermanentFailureException($"'{name}' is no key for Stripe's interface.", "key_not_declared");
}
