using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Stripe;

/// <summary>
/// Stripe as this product needs it: what is asked, and what of the answers is believed; reads here, refunds in the other half. How requests travel is
/// <see cref="IStripeRequests"/>' matter: plain HTTP unless a head brings another way. The key comes with each call and is kept nowhere.
/// </summary>
public sealed partial class StripePayments : IPaymentReads, IRefunds, IDisposable
{
    private const int PageSize = 100;
    private const int MostPages = 100;

    private readonly IStripeRequests _requests;
    private readonly TimeProvider _clock;

    public StripePayments(StripeOptions options, TimeProvider clock)
        : this(new StripeHttpRequests(options), clock)
    {
    }

    private StripePayments(IStripeRequests requests, TimeProvider clock) => (_requests, _clock) = (requests, clock);

    /// <summary>The same over another carrier, which is disposed with it.</summary>
    internal static StripePayments Over(IStripeRequests requests, TimeProvider clock) => new(requests, clock);

    public void Dispose() => _requests.Dispose();

    /// <summary>Stripe's list compares addresses letter by letter, people do not: as written, in lower case, and where neither is known, by the search that tells no capitals apart.</summary>
    public async Task<CustomerListing> FindCustomersAsync(ActCall call, string email, CancellationToken cancellationToken)
    {
        List<CustomerRecord> found = [];
        bool more = false;
        foreach (string spelling in new[] { email, email.ToLowerInvariant() }.Distinct())
        {
            JsonElement page = Page(call, await _requests.CustomersAsync(call.Key, spelling, PageSize, cancellationToken), "customers");
            found.AddRange(Items(call, page, StripeObjects.Customer, record => record.Id.Value)
                .Where(record => IsTheirs(record) && found.All(other => other.Id != record.Id)));
            more |= HasMore(page);
        }

        if (found.Count == 0)
        {
            // Refused where there is no search, such as in India: then nobody is found by it.
            OutsideAnswer searched = await _requests.SearchCustomersAsync(call.Key, email, PageSize, cancellationToken);
            if (searched.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.Forbidden))
            {
                JsonElement page = Page(call, searched, "customers/search");
                found.AddRange(Items(call, page, StripeObjects.Customer, record => record.Id.Value).Where(IsTheirs));
                more = HasMore(page);
            }
        }

        return new([.. found.OrderByDescending(record => record.Created).Take(PageSize)], more || found.Count > PageSize);

        bool IsTheirs(CustomerRecord record) => string.Equals(record.Email, email, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The search for one address, whatever stands in it.</summary>
    internal static string ByEmail(string email) => $"email:\"{email.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public async Task<ChargeListing> ListChargesAsync(ActCall call, CustomerId customer, CancellationToken cancellationToken)
    {
        Listed<ChargeRecord> read = await PagesAsync(
            call,
            "charges",
            after => _requests.ChargesAsync(call.Key, new(Checked(customer.Value)), PageSize, after, cancellationToken),
            StripeObjects.Charge,
            charge => charge.Id.Value,
            ChargeListing.Most / PageSize);
        return new(Belonging(read.Items, charge => charge.Customer == customer, "charge", customer.Value), read.MoreExist);
    }

    public async Task<ChargeRecord?> GetChargeAsync(ActCall call, ChargeId charge, CancellationToken cancellationToken) =>
        !IsId(charge.Value) || Found(call, await _requests.ChargeAsync(call.Key, charge, cancellationToken), $"charges/{charge}") is not { } json
            ? null
            : Belonging([One(call, json, StripeObjects.Charge, found => found.Id.Value)], found => found.Id == charge, "charge", charge.Value)[0];

    public async Task<IReadOnlyList<RefundRecord>> ListRefundsAsync(ActCall call, ChargeId charge, CancellationToken cancellationToken) =>
        Belonging(
            await AllAsync(call, "refunds", after => _requests.RefundsAsync(call.Key, new(Checked(charge.Value)), PageSize, after, cancellationToken), StripeObjects.Refund, refund => refund.Id.Value),
            refund => refund.Charge == charge,
            "refund",
            charge.Value);

    public async Task<RefundRecord?> GetRefundAsync(ActCall call, RefundId refund, CancellationToken cancellationToken) =>
        !IsId(refund.Value) || Found(call, await _requests.RefundAsync(call.Key, refund, cancellationToken), $"refunds/{refund}") is not { } json
            ? null
            : Belonging([One(call, json, StripeObjects.Refund, found => found.Id.Value)], found => found.Id == refund, "refund", refund.Value)[0];

    public async Task<IReadOnlyList<DisputeRecord>> ListDisputesAsync(ActCall call, ChargeId charge, CancellationToken cancellationToken) =>
        Belonging(
            await AllAsync(call, "disputes", after => _requests.DisputesAsync(call.Key, new(Checked(charge.Value)), PageSize, after, cancellationToken), StripeObjects.Dispute, dispute => dispute.Id),
            dispute => dispute.Charge == charge,
            "dispute",
            charge.Value);

    public async Task<IReadOnlyList<SubscriptionRecord>> ListSubscriptionsAsync(ActCall call, CustomerId customer, CancellationToken cancellationToken) =>
        await AllAsync(call, "subscriptions", after => _requests.SubscriptionsAsync(call.Key, new(Checked(customer.Value)), PageSize, after, cancellationToken), StripeObjects.Subscription, subscription => subscription.Id);

    private async Task<List<T>> AllAsync<T>(ActCall call, string list, Func<string?, Task<OutsideAnswer>> ask, Func<JsonElement, T> read, Func<T, string> idOf)
    {
        Listed<T> all = await PagesAsync(call, list, ask, read, idOf, MostPages);
        return all.MoreExist ? throw Unbelievable($"gave more than {MostPages} pages") : all.Items;
    }

    /// <summary>At most so many pages, and whether Stripe has more.</summary>
    private async Task<Listed<T>> PagesAsync<T>(ActCall call, string list, Func<string?, Task<OutsideAnswer>> ask, Func<JsonElement, T> read, Func<T, string> idOf, int mostPages)
    {
        List<T> all = [];
        HashSet<string> seen = [];
        string? after = null;
        for (int pages = 0; pages < mostPages; pages++)
        {
            JsonElement page = Page(call, await ask(after), list);
            List<T> items = Items(call, page, read, idOf);
            if (items.Exists(item => !seen.Add(idOf(item))))
            {
                throw Unbelievable("gave the same object on two pages");
            }

            all.AddRange(items);
            if (items.Count == 0 || !HasMore(page))
            {
                return new(all, MoreExist: false);
            }

            after = Checked(idOf(items[^1]));
        }

        return new(all, MoreExist: true);
    }

    private static bool HasMore(JsonElement page) => page.TryGetProperty("has_more", out JsonElement more) && more.ValueKind == JsonValueKind.True;

    private JsonElement Page(ActCall call, OutsideAnswer answer, string list) => Found(call, answer, list)
        ?? throw new RefusedException("Stripe knows no object of the id that a list was asked for.", "resource_missing", call.RequestId);

    /// <summary>The JSON object that was asked for; null on a 404 that Stripe itself gave (<c>resource_missing</c>).</summary>
    /// <param name="what">The path behind <c>/v1/</c>, without its query, which may hold a customer's address.</param>
    private JsonElement? Found(ActCall call, OutsideAnswer answer, string what)
    {
        string? requestId = answer.Header("Request-Id");
        call.Answered(requestId);
        if (answer.IsSuccess)
        {
            return StripeWire.Parse(answer.Body)
                ?? throw OutsideWire.NoAnswer(StripeWire.Who, $"the answer to GET /v1/{what} is no JSON object", "unreadable_answer", changesTheWorld: false, inner: null, requestId);
        }

        StripeError error = StripeError.Read(answer);
        return error.IsMissing ? null : throw error.ToFailure(call.Key, $"GET /v1/{what}", OutsideWire.RetryAfter(answer, _clock));
    }

    private static List<T> Items<T>(ActCall call, JsonElement page, Func<JsonElement, T> read, Func<T, string> idOf) =>
        page.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Array
            ? [.. data.EnumerateArray().Select(item => One(call, item, read, idOf))]
            : throw Unbelievable("gave a list without 'data'");

    private static T One<T>(ActCall call, JsonElement json, Func<JsonElement, T> read, Func<T, string> idOf)
    {
        try
        {
            T record = json.ValueKind == JsonValueKind.Object ? read(json) : throw new FormatException("Something stands in place of an object.");
            call.Saw(idOf(record));
            return record;
        }
        catch (FormatException exception)
        {
            throw Unbelievable($"holds what no answer of Stripe's holds ({exception.Message.TrimEnd('.')})", call.RequestId);
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

    private sealed record Listed<T>(List<T> Items, bool MoreExist);
}
