using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Stripe;

/// <summary>
/// Finds out what a Stripe key may do, without changing anything: reads ask for one object; writes name an object that can't exist, so that a key without the
/// permission is refused with 403 and one that has it with "no such object" (Stripe looks at permissions first).
/// </summary>
public sealed class StripeKeyProbe : IDisposable
{
    private const string Nothing = "permission_probe_no_such_object";

    private static readonly Probe[] Reads =
    [
        new("read customers", "rak_customer_read", HttpMethod.Get, "v1/customers?limit=1"),
        new("read charges", "rak_charge_read", HttpMethod.Get, "v1/charges?limit=1"),
        new("read refunds", "rak_charge_read", HttpMethod.Get, "v1/refunds?limit=1"),
        new("read disputes", "rak_dispute_read", HttpMethod.Get, "v1/disputes?limit=1"),
        new("read subscriptions", "rak_subscription_read", HttpMethod.Get, "v1/subscriptions?limit=1"),
    ];

    private static readonly Probe[] Writes =
    [
        new("make refunds", "rak_charge_write", HttpMethod.Post, "v1/refunds", [new("charge", "ch_" + Nothing)]),
        new("change customers", "rak_customer_write", HttpMethod.Post, $"v1/customers/cus_{Nothing}", [new("metadata[permission_probe]", "1")]),
        new("cancel payment intents", "rak_payment_intent_write", HttpMethod.Post, $"v1/payment_intents/pi_{Nothing}/cancel", []),
        new("cancel subscriptions", "rak_subscription_write", HttpMethod.Delete, $"v1/subscriptions/sub_{Nothing}"),
        new("void invoices", "rak_invoice_write", HttpMethod.Post, $"v1/invoices/in_{Nothing}/void", []),
        new("cancel payouts", "rak_payout_write", HttpMethod.Post, $"v1/payouts/po_{Nothing}/cancel", []),
    ];

    private readonly HttpClient _client;
    private readonly StripeWire _wire;

    public StripeKeyProbe(StripeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _client = OutsideWire.CreateClient(options.BaseAddress);
        _wire = new StripeWire(_client, options);
    }

    /// <param name="key">One of Stripe's: its definition says what it must be able to do; every write beyond that must be refused.</param>
    /// <exception cref="OutsideFailureException">Stripe did not answer, or does not accept the key at all; or no such key is declared.</exception>
    public async Task<StripeKeyReport> ProbeAsync(KeyLease key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        KeyDefinition definition = KeyDefinition.Of(key.Name);
        if (definition.Provider != KeyProvider.Stripe)
        {
            throw new ArgumentException($"'{key.Name}' is not a key for Stripe's interface.", nameof(key));
        }

        Probe[] wanted = [.. Reads.Where(probe => definition.Rights.Any(right => right == probe.Right || right == probe.WriteRight)), .. Writes.Where(probe => definition.Rights.Contains(probe.Right))];
        Probe[] unwanted = [.. Writes.Except(wanted)];
        List<StripePermission> permissions = [];
        foreach (Probe probe in wanted.Concat(unwanted))
        {
            if (await AskAsync(key, probe, cancellationToken) is { } finding)
            {
                permissions.Add(new(probe.What, wanted.Contains(probe), finding));
            }
        }

        var kind = StripeKeyKind.Of(key.Reveal());
        return new(key.Name, key.Version, kind, kind.Advice(key.Name), permissions);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Null when the other side has no such route at all, as a stand-in may: what can't be done there needs no permission.</summary>
    private async Task<PermissionFinding?> AskAsync(KeyLease key, Probe probe, CancellationToken cancellationToken)
    {
        OutsideAnswer answer;
        try
        {
            answer = await _wire.SendAsync(probe.Method, key, probe.Path, probe.Form, idempotencyKey: null, cancellationToken);
        }
        catch (OutcomeUnknownException)
        {
            // Nothing can have happened to an object that does not exist.
            return PermissionFinding.Unknown;
        }

        StripeError error = StripeError.Read(answer);
        return (int)answer.Status switch
        {
            >= 200 and < 300 => PermissionFinding.Allowed,
            401 => throw error.ToFailure(key, $"{probe.Method} /{probe.Path.Split('?')[0]}", retryAfter: null),
            403 when error.IsStripes => PermissionFinding.Refused,
            400 or 404 when error.Code == "resource_missing" => PermissionFinding.Allowed,
            404 when error.Message.StartsWith("Unrecognized request URL", StringComparison.Ordinal) => null,
            _ => PermissionFinding.Unknown,
        };
    }

    private sealed record Probe(string What, string Right, HttpMethod Method, string Path, IReadOnlyList<KeyValuePair<string, string>>? Form = null)
    {
        /// <summary>Whoever may write may read.</summary>
        public string WriteRight => Right.Replace("_read", "_write", StringComparison.Ordinal);
    }
}

public enum PermissionFinding
{
    /// <summary>Stripe gave no answer from which it could be told.</summary>
    Unknown,
    Allowed,
    Refused,
}

/// <param name="What">In words: <c>make refunds</c>.</param>
/// <param name="Wanted">Whether the key must be able to do it; otherwise it must be refused.</param>
public sealed record StripePermission(string What, bool Wanted, PermissionFinding Finding)
{
    public bool IsAsItShouldBe => Finding == (Wanted ? PermissionFinding.Allowed : PermissionFinding.Refused);

    /// <summary>One sentence, with what to do when something is wrong.</summary>
    public string Sentence => (Wanted, Finding) switch
    {
        (true, PermissionFinding.Allowed) => $"may {What}, as it must",
        (false, PermissionFinding.Refused) => $"may not {What}, as it should be",
        (true, PermissionFinding.Refused) => $"may not {What}, but has to: allow it at dashboard.stripe.com/apikeys",
        (false, PermissionFinding.Allowed) => $"may {What}, which it never needs: take that permission away at dashboard.stripe.com/apikeys",
        _ => $"could not be asked whether it may {What}: try again",
    };
}

/// <summary>What a key is and may do.</summary>
/// <param name="Advice">What is wrong with the kind of key; null when nothing is.</param>
public sealed record StripeKeyReport(string Key, string Version, StripeKeyKind Kind, string? Advice, IReadOnlyList<StripePermission> Permissions)
{
    public bool IsAsItShouldBe => Advice is null && Permissions.All(permission => permission.IsAsItShouldBe);
}
