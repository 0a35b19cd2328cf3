using System.Globalization;
using System.Text.RegularExpressions;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Operations.Approvals;

/// <summary>An amount as people type it, in major units. What could be read two ways is refused, never guessed.</summary>
internal static partial class AmountField
{
    public static string Write(Money money) =>
        money.Major.ToString("F" + money.Currency.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Either the money or a sentence that says what is wrong.</summary>
    public static (Money? Money, string? Wrong) Read(string? text, Currency currency)
    {
        string typed = (text ?? "").Trim();
        string example = Write(new Money(12_340, currency));
        if (!Plain().IsMatch(typed))
        {
            return (null, $"Write the amount in {currency} as digits, such as {example}, without thousands separators.");
        }

        int comma = typed.IndexOf(',', StringComparison.Ordinal);
        if (comma >= 0 && typed.Length - comma - 1 == 3)
        {
            return (null, $"'{typed}' can mean two amounts: write it with a point, such as {example}.");
        }

        decimal major = decimal.Parse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return Money.TryFromMajor(major, currency, out Money money)
            ? (money, null)
            : (null, currency.Decimals == 0 ? $"{currency} has no decimals: write it such as {example}." : $"{currency} has {currency.Decimals} decimals: write it such as {example}.");
    }

    [GeneratedRegex(@"^[0-9]{1,12}([.,][0-9]{1,6})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
