using System.Globalization;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Refunds.Policy;

/// <summary>One condition of a rule: pure, and able to say what it compared.</summary>
public abstract record PolicyCondition
{
    private PolicyCondition()
    {
    }

    /// <summary>The condition with threshold and value when it holds; null when it does not.</summary>
    public abstract MetCondition? Test(RefundFacts facts);

    /// <summary><c>amount-over</c>: strictly more than the limit in the charge's currency. A currency without a limit counts as over it, so an unlisted currency is never the cheap case.</summary>
    public sealed record AmountOver(IReadOnlyDictionary<Currency, Money> Limits) : PolicyCondition
    {
        public override MetCondition? Test(RefundFacts facts) => Limits.TryGetValue(facts.Amount.Currency, out Money limit)
            ? Met(facts.Amount > limit, "amount over", limit.ToString(), facts.Amount.ToString())
            : Met(true, "amount over", $"no limit is set for {facts.Amount.Currency}", facts.Amount.ToString());
    }

    /// <summary><c>amount-up-to</c>: at most the limit. A currency without a limit never meets it.</summary>
    public sealed record AmountUpTo(IReadOnlyDictionary<Currency, Money> Limits) : PolicyCondition
    {
        public override MetCondition? Test(RefundFacts facts) =>
            Limits.TryGetValue(facts.Amount.Currency, out Money limit)
                ? Met(facts.Amount <= limit, "amount up to", limit.ToString(), facts.Amount.ToString())
                : null;
    }

    /// <summary><c>age-over-days</c>: more whole days since the charge than that.</summary>
    public sealed record AgeOverDays(int Days) : PolicyCondition
    {
        public override MetCondition? Test(RefundFacts facts) =>
            Met(facts.ChargeAgeDays > Days, "charge older than", $"{Days} days", $"{facts.ChargeAgeDays} days");
    }

    public sealed record ReasonIn(IReadOnlyList<RefundReason> Reasons) : PolicyCondition
    {
        public override MetCondition? Test(RefundFacts facts) =>
            Met(Reasons.Contains(facts.Reason), "reason is one of", string.Join(", ", Reasons), facts.Reason.ToString());
    }

    /// <summary><c>refunds-over</c>: more earlier refunds of this customer within the period than that.</summary>
    public sealed record RefundsOver(int Count, int WithinDays) : PolicyCondition
    {
        public override MetCondition? Test(RefundFacts facts)
        {
            int made = facts.EarlierRefunds.Count(at => at > facts.Now.AddDays(-WithinDays));
            return Met(made > Count, $"earlier refunds in {WithinDays} days over", Count.ToString(CultureInfo.InvariantCulture), made.ToString(CultureInfo.InvariantCulture));
        }
    }

    public sealed record RiskAtLeast(RiskLevel Level) : PolicyCondition
    {
        public override MetCondition? Test(RefundFacts facts) =>
            Met(facts.Risk >= Level, "risk at least", Level.ToString(), facts.Risk.ToString());
    }

    public sealed record DisputeIs(DisputeState State) : PolicyCondition
    {
        public override MetCondition? Test(RefundFacts facts) =>
            Met(facts.Dispute == State, "dispute is", State.ToString(), facts.Dispute.ToString());
    }

    /// <summary><c>currency-not-in</c>: a currency the policy does not deal with.</summary>
    public sealed record CurrencyNotIn(IReadOnlyList<Currency> Currencies) : PolicyCondition
    {
        public override MetCondition? Test(RefundFacts facts) =>
            Met(!Currencies.Contains(facts.Amount.Currency), "currency is none of", string.Join(", ", Currencies), facts.Amount.Currency.ToString());
    }

    private static MetCondition? Met(bool holds, string condition, string threshold, string value) =>
        holds ? new(condition, threshold, value) : null;
}
