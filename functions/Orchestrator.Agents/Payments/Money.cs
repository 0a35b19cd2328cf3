using System.Globalization;

namespace Orchestrator.Agents.Payments;

/// <summary>An amount in minor units of one currency. Amounts of two currencies never meet: arithmetic on them throws.</summary>
public readonly record struct Money(long MinorUnits, Currency Currency) : IComparable<Money>
{
    /// <summary>In major units, exact.</summary>
    public decimal Major => (decimal)MinorUnits / Currency.MinorPerMajor;

    public static Money operator +(Money left, Money right) => new(checked(left.MinorUnits + right.Same(left)), left.Currency);

    public static Money operator -(Money left, Money right) => new(checked(left.MinorUnits - right.Same(left)), left.Currency);

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public static Money Add(Money left, Money right) => left + right;

    public static Money Subtract(Money left, Money right) => left - right;

    /// <summary>An amount written in major units; false when it has more decimals than the currency takes.</summary>
    public static bool TryFromMajor(decimal major, Currency currency, out Money money)
    {
        decimal minor = major * currency.MinorPerMajor;
        bool exact = minor % currency.SmallestStep == 0 && Math.Abs(minor) <= 999_999_999_999m;
        money = exact ? new Money((long)minor, currency) : default;
        return exact;
    }

    public int CompareTo(Money other) => MinorUnits.CompareTo(other.Same(this));

    /// <summary>
    /// Code and amount with the currency's own decimals, such as <c>EUR 1,250.00</c>, <c>JPY 500</c>, <c>KWD 12.500</c>: the same for every reader.
    /// Never rounded: a payment from when ISK had fractions shows them.
    /// </summary>
    public override string ToString() => $"{Currency} {Major.ToString(IsWhole || Currency.Decimals > 0 ? Own : "N2", CultureInfo.InvariantCulture)}";

    private bool IsWhole => MinorUnits % Currency.MinorPerMajor == 0;

    private string Own => "N" + Currency.Decimals.ToString(CultureInfo.InvariantCulture);

    private long Same(Money other) => Currency == other.Currency
        ? MinorUnits
        : throw new InvalidOperationException($"{Currency} and {other.Currency} were mixed in one sum.");
}
