using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Refunds;

namespace Orchestrator.Agents.Payments;

/// <summary>Reads charges as they are now, each with its refunds and disputes, with the key that only reads.</summary>
internal sealed class ReadChargesActivity(IPaymentReads payments, OutsideGate gate) : IActivity<ReadChargesInput, IReadOnlyList<ChargeFacts>>
{
    public async Task<IReadOnlyList<ChargeFacts>> RunAsync(ActivityContext context, ReadChargesInput input, CancellationToken cancellationToken)
    {
        GatePass pass = await gate.OpenAsync(ActivityNames.ReadCharges, input.CaseId, cancellationToken);
        List<ChargeFacts> facts = [];
        foreach (ChargeId id in input.Charges)
        {
            ActArguments about = ActArguments.None.With("charge", id.Value);
            ChargeRecord charge = await pass.PerformAsync(Tools.ChargesGet, about, (call, token) => payments.GetChargeAsync(call, id, token), cancellationToken)
                ?? throw new PermanentFailureException($"Charge {id} was on Stripe a moment ago and is not now. Check that every Stripe key is of the same account and mode.");
            facts.Add(new(
                charge,
                await pass.PerformAsync(Tools.RefundsList, about, (call, token) => payments.ListRefundsAsync(call, id, token), cancellationToken),
                await pass.PerformAsync(Tools.DisputesList, about, (call, token) => payments.ListDisputesAsync(call, id, token), cancellationToken)));
        }

        return facts;
    }
}
