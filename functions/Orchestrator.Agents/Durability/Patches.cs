namespace Orchestrator.Agents.Durability;

/// <summary>
/// Changes of orchestrators that cases in flight must not meet, by the name that history holds. A name stays for as long as a run begun before it may be open;
/// once none is, the old way goes together with its name.
/// </summary>
public static class Patches
{
    /// <summary>A refund that Stripe has not settled is announced as on its way, and as made once it succeeded.</summary>
    public const string MailSaysWhatStripeSays = "mail-says-what-stripe-says";

    /// <summary>A payment that a mail names is found although it was not captured, is processing or failed.</summary>
    public const string UnpaidPaymentsAreFound = "unpaid-payments-are-found";

    /// <summary>Those that this code knows.</summary>
    public static IReadOnlyList<string> All { get; } = [MailSaysWhatStripeSays, UnpaidPaymentsAreFound];
}
