using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Stripe;

/// <summary>How Stripe is reached.</summary>
public sealed record StripeOptions
{
    /// <summary>The API version that this connector's parameters and objects were read from.</summary>
    public const string Version = "2026-10-28.endive";

    /// <param name="baseAddress">Default <c>https://api.stripe.com</c>; the sandbox's address otherwise.</param>
    /// <param name="timeout">For one request; default 30 s.</param>
    /// <exception cref="SettingsException">Says which setting is wrong.</exception>
    public StripeOptions(Uri? baseAddress = null, TimeSpan? timeout = null)
    {
        BaseAddress = Checked.Address(baseAddress ?? new("https://api.stripe.com"), "Stripe:BaseAddress");
        Timeout = Checked.Time(timeout ?? TimeSpan.FromSeconds(30), "Stripe:Timeout");
    }

    public Uri BaseAddress { get; }

    public TimeSpan Timeout { get; }
}
