using Orchestrator.Agents.Customers;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Refunds;

/// <summary>Which of the customer's own charges a request may mean. Pure; never looks beyond that customer's charges.</summary>
/// <param name="Candidates">Empty: the customer has to be asked. Several: a person chooses.</param>
/// <param name="Notices">What the approver must know about how they were found.</param>
public sealed record ChargeSelection(IReadOnlyList<ChargeId> Candidates, IReadOnlyList<string> Notices)
{
    /// <summary>More than a person can weigh on a phone.</summary>
    private const int MostCandidates = 5;

    /// <param name="unpaidToo">Asked only where it matters: whether a payment that the mail names is found although it was not captured, is processing or failed: that is then what is to be said about it.</param>
    public static ChargeSelection Choose(Reading.RefundRequest request, CustomerHistory history, Func<bool> unpaidToo)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(unpaidToo);
        List<ChargeRecord> paid = [.. history.Charges.Where(charge => charge is { Status: ChargeStatus.Succeeded, Captured: true })];
        List<ChargeRecord> named = [.. history.Charges.Where(charge => request.References.Any(reference => Names(charge, reference)))];
        if (named.Any(paid.Contains) || (named.Count > 0 && !unpaidToo()))
        {
            named = [.. named.Where(paid.Contains)];
        }

        if (named.Count > 0)
        {
            return new(Ids(named), [.. Beside(history)]);
        }

        List<string> notices = request.References.Count > 0
            ? [.. Beside(history), "The reference in the mail is on none of " + Read(history)]
            : [.. Beside(history)];
        List<ChargeRecord> open = [.. paid.Where(charge => charge.Remaining.MinorUnits > 0)];
        Money? stated = request.StatedTotal ?? request.Part;
        if (stated is { } total)
        {
            List<ChargeRecord> exact = [.. open.Where(charge => charge.Amount == total)];
            if (exact.Count > 0)
            {
                return new(Ids(exact), notices);
            }

            notices.Add($"The amount in the mail, {total}, is exactly that of none of {Read(history)}");
            open = [.. open.Where(charge => charge.Amount.Currency == total.Currency && charge.Remaining >= total)];
        }

        // With nothing open, a fully refunded payment is what the mail is about: the answer is that it was refunded.
        IReadOnlyList<ChargeRecord> candidates = open.Count > 0 || request.References.Count > 0 || stated is not null ? open : [.. paid.Take(1)];
        return new(Ids([.. candidates.Take(MostCandidates)]), notices);
    }

    /// <summary>What other cases may come to refund is in no figure yet. It is a warning, so no automatic rule counts beside them.</summary>
    private static IEnumerable<string> Beside(CustomerHistory history) => history.OtherOpenCases switch
    {
        0 => [],
        1 => ["Another case of this sender is open."],
        int more => [$"{more} other cases of this sender are open."],
    };

    /// <summary>What can be spoken of: all of them only where all were read.</summary>
    private static string Read(CustomerHistory history) => history.MoreCharges
        ? $"the {history.Charges.Count} newest payments of this customer. There are more, which were not read: it may be one of those."
        : "this customer's payments.";

    private static bool Names(ChargeRecord charge, string reference)
    {
        string wanted = Plain(reference);
        return wanted.Length >= 3
            && (charge.Id.Value == reference || charge.PaymentIntentId == reference || charge.References.Any(known => Plain(known) == wanted));
    }

    /// <summary>Letters and digits only: <c>#W-1001</c>, <c>w1001</c> and <c>W 1001</c> are one reference.</summary>
    private static string Plain(string reference) => string.Concat(reference.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static IReadOnlyList<ChargeId> Ids(IReadOnlyList<ChargeRecord> charges) => [.. charges.Select(charge => charge.Id)];
}
