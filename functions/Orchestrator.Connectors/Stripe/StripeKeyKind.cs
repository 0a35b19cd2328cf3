namespace Orchestrator.Connectors.Stripe;

public enum StripeKeyUse
{
    Unknown,

    /// <summary><c>rk_</c>: may do what was allowed to it.</summary>
    Restricted,

    /// <summary><c>sk_</c>: may do everything.</summary>
    Secret,

    /// <summary><c>pk_</c>: for browsers.</summary>
    Publishable,

    /// <summary><c>whsec_</c>: verifies webhooks.</summary>
    WebhookSecret,
}

public enum StripeKeyMode
{
    Unknown,
    Test,
    Live,
}

/// <summary>What a key is, by its prefix (docs.stripe.com/keys). Knows nothing else of the key.</summary>
public readonly record struct StripeKeyKind(StripeKeyUse Use, StripeKeyMode Mode)
{
    /// <summary>A live key that is not restricted must not start the product.</summary>
    public bool IsLiveAndUnrestricted => Mode == StripeKeyMode.Live && Use != StripeKeyUse.Restricted;

    public static StripeKeyKind Of(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.StartsWith("whsec_", StringComparison.Ordinal))
        {
            return new(StripeKeyUse.WebhookSecret, StripeKeyMode.Unknown);
        }

        StripeKeyUse use = key switch
        {
            _ when key.StartsWith("rk_", StringComparison.Ordinal) => StripeKeyUse.Restricted,
            _ when key.StartsWith("sk_", StringComparison.Ordinal) => StripeKeyUse.Secret,
            _ when key.StartsWith("pk_", StringComparison.Ordinal) => StripeKeyUse.Publishable,
            _ => StripeKeyUse.Unknown,
        };
        StripeKeyMode mode = use == StripeKeyUse.Unknown ? StripeKeyMode.Unknown
            : key.AsSpan(3).StartsWith("test_", StringComparison.Ordinal) ? StripeKeyMode.Test
            : key.AsSpan(3).StartsWith("live_", StringComparison.Ordinal) ? StripeKeyMode.Live
            : StripeKeyMode.Unknown;
        return new(use, mode);
    }

    /// <summary>What to do about a key of this kind under this name, or null when it is as it should be.</summary>
    public string? Advice(string keyName) => this switch
    {
        { Use: StripeKeyUse.Restricted, Mode: not StripeKeyMode.Unknown } => null,
        { Use: StripeKeyUse.Secret, Mode: StripeKeyMode.Test } => $"'{keyName}' is a secret test key, which may do everything. It works; make a restricted one at dashboard.stripe.com/test/apikeys before anything is live.",
        { Use: StripeKeyUse.Secret } => $"'{keyName}' is a secret live key, which may do everything. Make a restricted key at dashboard.stripe.com/apikeys with the permissions that 'doctor' names, and store it as a new version of '{keyName}'.",
        { Use: StripeKeyUse.Publishable } => $"'{keyName}' is a publishable key, which is for browsers. Store a restricted key (rk_...) from dashboard.stripe.com/apikeys.",
        { Use: StripeKeyUse.WebhookSecret } => $"'{keyName}' is a webhook signing secret. Store a restricted key (rk_...) from dashboard.stripe.com/apikeys.",
        _ => $"'{keyName}' does not look like a Stripe key. Store a restricted key (rk_test_... or rk_live_...) from dashboard.stripe.com/apikeys.",
    };
}
