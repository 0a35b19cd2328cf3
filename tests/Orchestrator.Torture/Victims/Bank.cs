using System.Collections.Concurrent;

namespace Orchestrator.Torture.Victims;

/// <summary>The other side of a payment: it honours the idempotency key, however often and from whichever process it is asked.</summary>
internal sealed class Bank : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, string> _paid;
    private readonly Ledger _ledger;

    public Bank(string path)
    {
        _paid = new(Payments(path).Select(payment => KeyValuePair.Create(payment.Key, payment.Receipt)), StringComparer.Ordinal);
        _ledger = new Ledger(path);
    }

    /// <returns>The receipt of the one payment under this key.</returns>
    public string Pay(string key, string receipt)
    {
        lock (_gate)
        {
            if (_paid.TryGetValue(key, out string? earlier))
            {
                return earlier;
            }

            _ledger.Append($"{key} {receipt}");
            _paid[key] = receipt;
            return receipt;
        }
    }

    public static IEnumerable<(string Key, string Receipt)> Payments(string path) =>
        Ledger.Read(path).Select(line => line.Split(' ')).Select(words => (words[0], words[1]));

    public void Dispose() => _ledger.Dispose();
}
