using Orchestrator.Agents.Governance;

namespace Orchestrator.Operations.Tests.Hosting;

/// <summary>Keys in memory; a missing one is refused as Key Vault's client refuses it.</summary>
internal sealed class TestKeys : IKeyVault
{
    public Dictionary<string, string> Values { get; } = new() { [KeyNames.Inbox] = "inbox-secret-1", [KeyNames.StripeWebhook] = "whsec_one,whsec_two" };

    public int Reads { get; private set; }

    public Task<KeyLease> GetKeyAsync(string name, CancellationToken cancellationToken)
    {
        Reads++;
        return Values.TryGetValue(name, out string? value)
            ? Task.FromResult(new KeyLease(name, "v1", value))
            : throw new PermanentFailureException($"There is no key '{name}'.");
    }
}
