using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Stripe;

/// <summary>Stripe over its REST interface: reads here, refunds in the other half. The key comes with each call and is kept nowhere.</summary>
public sealed partial class StripePayments : IPaymentReads, IRefunds, IDisposable
{
    private const int PageSize = 100;
    private const int MostPages = 100;
    private const int MostCustomers = 20;

    private readonly HttpClient _client;
    private readonly StripeWire _wire;
    private readonly TimeProvider _clock;

    public StripePayments(StripeOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _client = OutsideWire.CreateClient(options.BaseAddress);
        _wire = new StripeWire(_client, options, clock);
        _clock = clock;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Stripe compares addresses letter by letter, people do not: as written, then in lower case.</summary>
    public async Task<IReadOnlyList<CustomerRecord>> FindCustomersAsync(ActCall call, string email, CancellationToken cancellationToken)
    {
        List<CustomerRecord> found = [];
        foreach (string spelling in new[] { email, email.ToLowerInvariant() }.Distinct())
        {
            JsonElement page = await PageAsync(call, $"v1/customers?limit={MostCustomers}&email={Uri.EscapeDataString(spelling)}", cancellationToken);
            found.AddRange(Items(call, page, StripeObjects.Customer, record => record.Id.Value)
                .Where(record => string.Equals(record.Email, email, StringComparison.OrdinalIgnoreCase) && found.All(other => other.Id != record.Id)));
        }

        return [.. found.OrderByDescending(record => record.Created).Take(MostCustomers)];
    }

    public async Task<IReadOnlyList<ChargeRecord>> ListChargesAsync(ActCall call, CustomerId customer, CancellationToken cancellationToken)
    {
        JsonElement page = await PageAsync(call, $"v1/charges?limit={PageSize}&customer={Checked(customer.Value)}", cancellationToken);
        return Belonging(Items(call, page, StripeObjects.Charge, charge => charge.Id.Value), charge => charge.Customer == customer, "charge", customer.Value);
    }

    public async Task<ChargeRecord?> GetChargeAsync(ActCall call, ChargeId charge, CancellationToken cancellationToken) =>
        !IsId(charge.Value) || await _wire.GetAsync(call, $"v1/charges/{charge.Value}", cancellationToken) is not { } json
            ? null
            : Belonging([One(call, json, StripeObjects.Charge, found => found.Id.Value)], found => found.Id == charge, "charge", charge.Value)[0];

    public async Task<IReadOnlyList<RefundRecord>> ListRefundsAsync(ActCall call, ChargeId charge, CancellationToken cancellationToken) =>
        Belonging(
            await AllAsync(call, $"v1/refunds?limit={PageSize}&charge={Checked(charge.Value)}", StripeObjects.Refund, refund => refund.Id.Value, cancellationToken),
            refund => refund.Charge == charge,
            "refund",
            charge.Value);

    public async Task<RefundRecord?> GetRefundAsync(ActCall call, RefundId refund, CancellationToken cancellationToken) =>
        !IsId(refund.Value) || await _wire.GetAsync(call, $"v1/refunds/{refund.Value}", cancellationToken) is not { } json
            ? null
            : Belonging([One(call, json, StripeObjects.Refund, found => found.Id.Value)], found => found.Id == refund, "refund", refund.Value)[0];

    public async Task<IReadOnlyList<DisputeRecord>> ListDisputesAsync(ActCall call, ChargeId charge, CancellationToken cancellationToken) =>
        Belonging(
            await AllAsync(call, $"v1/disputes?limit={PageSize}&charge={Checked(charge.Value)}", StripeObjects.Dispute, dispute => dispute.Id, cancellationToken),
            dispute => dispute.Charge == charge,
            "dispute",
            charge.Value);

    public async Task<IReadOnlyList<SubscriptionRecord>> ListSubscriptionsAsync(ActCall call, CustomerId customer, CancellationToken cancellationToken) =>
        await AllAsync(call, $"v1/subscriptions?limit={PageSize}&status=all&customer={Checked(customer.Value)}", StripeObjects.Subscription, subscription => subscription.Id, cancellationToken);

    private async Task<List<T>> AllAsync<T>(ActCall call, string path, Func<JsonElement, T> read, Func<T, string> idOf, CancellationToken cancellationToken)
    {
        List<T> all = [];
        HashSet<string> seen = [];
        string next = path;
        for (int pages = 0; pages < MostPages; pages++)
        {
            JsonElement page = await PageAsync(call, next, cancellationToken);
            List<T> items = Items(call, page, read, idOf);
            if (items.Exists(item => !seen.Add(idOf(item))))
            {
                throw Unbelievable("gave the same object on two pages");
            }

            all.AddRange(items);
            if (items.Count == 0 || !page.TryGetProperty("has_more", out JsonElement more) || more.ValueKind != JsonValueKind.True)
            {
                return all;
            }

            next = $"{path}&starting_after={Checked(idOf(items[^1]))}";
        }

        throw Unbelievable($"gave more than {MostPages} pages");
    }

    private async Task<JsonElement> PageAsync(ActCall call, string path, CancellationToken cancellationToken) =>
        await _wire.GetAsync(call, path, cancellationToken)
        ?? throw new RefusedException("Stripe knows no object of the id that a list was asked for.", "resource_missing", call.RequestId);

    private static List<T> Items<T>(ActCall call, JsonElement page, Func<JsonElement, T> read, Func<T, string> idOf) =>
        page.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Array
            ? [.. data.EnumerateArray().Select(item => One(call, item, read, idOf))]
            : throw Unbelievable("gave a list without 'data'");

    private static T One<T>(ActCall call, JsonElement json, Func<JsonElement, T> read, Func<T, string> idOf)
    {
        try
        {
            T record = read(json);
            call.Saw(idOf(record));
            return record;
        }
        catch (FormatException exception)
        {
            throw Unbelievable(exception.Message, call.RequestId);
        }
    }

    /// <summary>An answer about something else than was asked is no answer.</summary>
    private static List<T> Belonging<T>(List<T> items, Predicate<T> belongs, string kind, string asked) =>
        items.TrueForAll(belongs) ? items : throw Unbelievable($"was asked about {asked} and gave a {kind} of something else");

    private static TransientFailureException Unbelievable(string what, string? requestId = null) =>
        new($"Stripe's answer can't be believed: it {what}.", "unreadable_answer", requestId);

    /// <exception cref="PermanentFailureException">It is no id: an empty one would turn the request into another.</exception>
    private static string Checked(string id) => IsId(id) ? id : throw new PermanentFailureException("Something that is no Stripe id was to be looked up at Stripe. This is a fault of the product.", "malformed_id");

    private static bool IsId(string? id) => id is not null && IdShape().IsMatch(id);

    [GeneratedRegex(@"^[A-Za-z0-9_]{1,255}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdShape();
}
