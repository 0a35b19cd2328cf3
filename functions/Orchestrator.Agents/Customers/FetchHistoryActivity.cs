using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Customers;

/// <summary>Looks up, with the key that only reads, who wrote and what they paid. Names stay in the case file.</summary>
internal sealed class FetchHistoryActivity(ICaseFiles files, IPaymentReads payments, OutsideGate gate) : IActivity<CaseStart, CustomerHistory>
{
    public async Task<CustomerHistory> RunAsync(ActivityContext context, CaseStart input, CancellationToken cancellationToken)
    {
        CaseFile file = await files.OpenedAsync(input.CaseId, cancellationToken);
        string sender = file.First.From.Address;
        // Before anything is read at Stripe: a case that is closed by now has its refund there.
        int openBeside = await files.CountOpenBySenderAsync(sender, input.CaseId, cancellationToken);
        GatePass pass = await gate.OpenAsync(ActivityNames.FetchHistory, input.CaseId, cancellationToken);

        (IReadOnlyList<CustomerRecord> customers, bool more) = await pass.PerformAsync(
            Tools.CustomersFind, ActArguments.None.With("email", "(sender)"), (call, token) => payments.FindCustomersAsync(call, sender, token), cancellationToken);
        await files.NoteCustomerAsync(input.CaseId, customers.Select(customer => customer.Name).FirstOrDefault(name => !string.IsNullOrWhiteSpace(name)), cancellationToken);

        List<ChargeRecord> charges = [];
        List<DateTimeOffset> refunds = [];
        int subscriptions = 0;
        foreach (CustomerRecord customer in customers)
        {
            ActArguments about = ActArguments.None.With("customer", customer.Id.Value);
            ChargeListing read = await pass.PerformAsync(Tools.ChargesList, about, (call, token) => payments.ListChargesAsync(call, customer.Id, token), cancellationToken);
            charges.AddRange(read.Charges);
            more |= read.MoreExist;
            IReadOnlyList<SubscriptionRecord> held = await pass.PerformAsync(Tools.SubscriptionsList, about, (call, token) => payments.ListSubscriptionsAsync(call, customer.Id, token), cancellationToken);
            subscriptions += held.Count(subscription => subscription.Status is "active" or "trialing" or "past_due");
        }

        more |= charges.Count > ChargeListing.Most;
        charges = [.. charges.OrderByDescending(charge => charge.Created).Take(ChargeListing.Most)];
        foreach (ChargeRecord charge in charges.Where(charge => charge.AmountRefunded.MinorUnits > 0))
        {
            IReadOnlyList<RefundRecord> made = await pass.PerformAsync(
                Tools.RefundsList, ActArguments.None.With("charge", charge.Id.Value), (call, token) => payments.ListRefundsAsync(call, charge.Id, token), cancellationToken);
            refunds.AddRange(made.Where(refund => refund.Status is not (RefundStatus.Failed or RefundStatus.Canceled)).Select(refund => refund.Created));
        }

        return new(
            [.. customers.Select(customer => customer.Id)],
            charges,
            refunds,
            subscriptions,
            await files.ListBySenderAsync(sender, input.CaseId, cancellationToken),
            more)
        {
            OtherOpenCases = openBeside,
        };
    }
}
