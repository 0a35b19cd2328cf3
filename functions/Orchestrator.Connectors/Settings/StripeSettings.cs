namespace Orchestrator.Connectors.Settings;

/// <summary>The real Stripe.</summary>
/// <param name="Mode">Which keys are expected; a key of the other mode stops the start.</param>
/// <param name="Address">Where its API is; only a test would change it.</param>
public sealed record StripeSettings(StripeMode Mode, Uri Address)
{
    public static readonly Uri RealAddress = new("https://api.stripe.com/");

    public static StripeSettings Read(SettingsSection section)
    {
        StripeMode? mode = section.Choice<StripeMode>("Mode");
        if (mode is null && !section.IsFaulty("Mode"))
        {
            section.Fault("Mode", "is missing: write \"test\" or \"live\". Without the Stripe section the sandbox plays Stripe");
        }

        Uri address = section.Uri("Address") ?? RealAddress;
        if (address is { IsLoopback: false, Scheme: not "https" })
        {
            section.Fault("Address", "must begin with https://: keys travel over it");
        }

        return new(mode ?? StripeMode.Test, address);
    }
}

public enum StripeMode
{
    Test,
    Live,
}
