using System.Globalization;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Connectors.Policy;

/// <summary>The conditions under <c>when</c>. All must hold; none always holds.</summary>
internal static class PolicyConditions
{
    public static IReadOnlyList<PolicyCondition> Read(PolicyNode? when)
    {
        if (when is null)
        {
            return [];
        }

        PolicyCondition?[] conditions =
        [
            when.Find("amount-over") is { } over ? new PolicyCondition.AmountOver(Limits(over)) : null,
            when.Find("amount-up-to") is { } upTo ? new PolicyCondition.AmountUpTo(Limits(upTo)) : null,
            when.Find("age-over-days") is { } age ? new PolicyCondition.AgeOverDays(age.Number(0, 36500)) : null,
            when.Find("reasons") is { } reasons ? new PolicyCondition.ReasonIn(NotEmpty(reasons, [.. reasons.List().Select(item => item.OneOf<RefundReason>())])) : null,
            when.Find("refunds-over") is { } refunds ? RefundsOver(refunds) : null,
            when.Find("risk-at-least") is { } risk ? new PolicyCondition.RiskAtLeast(Risk(risk)) : null,
            when.Find("dispute") is { } dispute ? new PolicyCondition.DisputeIs(dispute.OneOf<DisputeState>()) : null,
            when.Find("currency-not-in") is { } currencies ? new PolicyCondition.CurrencyNotIn(NotEmpty(currencies, [.. currencies.List().Select(item => CurrencyIn(item, item.Text()))])) : null,
        ];
        when.NothingElse();
        List<PolicyCondition> found = [.. conditions.OfType<PolicyCondition>()];
        return found.Count > 0 ? found : throw when.Wrong("'when' is empty. Take it out for a rule that always holds.");
    }

    private static PolicyCondition.RefundsOver RefundsOver(PolicyNode node)
    {
        var condition = new PolicyCondition.RefundsOver(node.Need("count").Number(0, 10_000), node.Need("within-days").Number(1, 36500));
        node.NothingElse();
        return condition;
    }

    /// <summary>"Unknown" and "not assessed" stand below normal, so that a threshold there would always hold: it is a mistake.</summary>
    private static RiskLevel Risk(PolicyNode node) => node.OneOf<RiskLevel>() is var level && level >= RiskLevel.Normal
        ? level
        : throw node.Wrong("'risk-at-least' must be normal, elevated or highest.");

    private static Dictionary<Currency, Money> Limits(PolicyNode node)
    {
        Dictionary<Currency, Money> limits = [];
        foreach ((string code, PolicyNode value) in node.Entries())
        {
            Currency currency = CurrencyIn(value, code);
            string text = value.Text();
            if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal major))
            {
                throw value.Wrong($"'{text}' is not an amount. Write it as 100 or 100.00, without sign, spaces or thousands separators.");
            }

            if (major <= 0 || !Money.TryFromMajor(major, currency, out Money limit))
            {
                throw value.Wrong($"'{text}' is not an amount in {currency}: it must be more than 0 and have at most {currency.Decimals} decimals.");
            }

            if (!limits.TryAdd(currency, limit))
            {
                throw value.Wrong($"{currency} stands twice in '{node.Name}'.");
            }
        }

        return limits.Count > 0 ? limits : throw node.Wrong($"'{node.Name}' has no currency.");
    }

    private static Currency CurrencyIn(PolicyNode node, string code) =>
        Currency.TryParse(code, out Currency currency) ? currency : throw node.Wrong($"'{code}' is not a currency code of three letters, such as eur.");

    private static List<T> NotEmpty<T>(PolicyNode node, List<T> items) => items.Count > 0 ? items : throw node.Wrong($"'{node.Name}' is empty.");
}
