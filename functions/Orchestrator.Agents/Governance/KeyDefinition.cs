using System.Collections.Frozen;

namespace Orchestrator.Agents.Governance;

/// <summary>A key that the product knows: the one list from which guard, vault routing, doctor, sandbox and infrastructure follow. A name that is not on it is refused.</summary>
/// <param name="Name">In Key Vault.</param>
/// <param name="Use">Read and mutation never share a key.</param>
/// <param name="Rights">Of a restricted key at Stripe: its permissions, as Stripe's errors name them (docs.stripe.com/keys#limit-access).</param>
/// <param name="RightsInWords">The same as the dashboard names them, to follow "a restricted key".</param>
public sealed record KeyDefinition(string Name, KeyProvider Provider, KeyUse Use, IReadOnlyList<string> Rights, string RightsInWords)
{
    public static IReadOnlyList<KeyDefinition> All { get; } =
    [
        new(
            KeyNames.StripeRead,
            KeyProvider.Stripe,
            KeyUse.Read,
            ["rak_customer_read", "rak_charge_read", "rak_dispute_read", "rak_subscription_read"],
            "with read on \"Customers\", \"Charges and Refunds\", \"Disputes\" and \"Subscriptions\", and nothing else"),
        new(KeyNames.StripeRefund, KeyProvider.Stripe, KeyUse.Write, ["rak_charge_write"], "with write on \"Charges and Refunds\" and nothing else"),
        new(KeyNames.StripeWebhook, KeyProvider.StripeWebhook, KeyUse.Verify, [], ""),
        new(KeyNames.Mail, KeyProvider.Mail, KeyUse.Write, [], ""),
        new(KeyNames.Teams, KeyProvider.Teams, KeyUse.Write, [], ""),
        new(KeyNames.Model, KeyProvider.Model, KeyUse.Read, [], ""),
        new(KeyNames.Inbox, KeyProvider.Inbox, KeyUse.Verify, [], ""),
        new(KeyNames.Mailbox, KeyProvider.Mailbox, KeyUse.Read, [], ""),
    ];

    private static readonly FrozenDictionary<string, KeyDefinition> ByName = All.ToFrozenDictionary(key => key.Name);

    /// <exception cref="PermanentFailureException">No such key is declared.</exception>
    public static KeyDefinition Of(string name) => ByName.TryGetValue(name, out KeyDefinition? key)
        ? key
        : throw new PermanentFailureException($"There is no key '{name}': it is not declared, so it is neither fetched nor used. Declare it in KeyDefinition, or take the name out.", "key_not_declared");

    public static IEnumerable<KeyDefinition> For(KeyProvider provider) => All.Where(key => key.Provider == provider);
}

/// <summary>Whose door a key opens.</summary>
public enum KeyProvider
{
    Stripe,
    StripeWebhook,
    Mail,
    Teams,
    Model,
    Inbox,
    Mailbox,
}

/// <summary>What is done with a key.</summary>
public enum KeyUse
{
    Read,

    /// <summary>After its use the world may be different.</summary>
    Write,

    /// <summary>Proves who sent something to us; opens nothing.</summary>
    Verify,
}
