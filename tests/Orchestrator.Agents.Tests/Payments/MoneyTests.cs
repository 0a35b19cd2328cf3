using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Tests.Payments;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(500, "isk", "ISK 5")]
    [InlineData(500_000, "ugx", "UGX 5,000")]
    [InlineData(4010, "isk", "ISK 40.10")]
    [InlineData(-4010, "ugx", "UGX -40.10")]
    [InlineData(123_456, "huf", "HUF 1,234.56")]
    [InlineData(80_045, "twd", "TWD 800.45")]
    public void ToString_StripesSpecialCases_AreCountedInHundredths(long minor, string currency, string expected) =>
        Assert.Equal(expected, new Money(minor, Currency.Parse(currency)).ToString());

    [Theory]
    [InlineData("5", "ugx", true, 500)]
    [InlineData("5.5", "ugx", false, 0)]
    [InlineData("40.10", "isk", false, 0)]
    [InlineData("10.45", "huf", true, 1045)]
    [InlineData("800.45", "twd", true, 80_045)]
    public void TryFromMajor_StripesSpecialCases_TakeWhatStripeTakes(string major, string currency, bool exact, long minor)
    {
        Assert.Equal(exact, Money.TryFromMajor(decimal.Parse(major, System.Globalization.CultureInfo.InvariantCulture), Currency.Parse(currency), out Money money));
        Assert.Equal(minor, exact ? money.MinorUnits : 0);
    }

    [Theory]
    [InlineData(500, "jpy", "JPY 500")]
    [InlineData(125000, "eur", "EUR 1,250.00")]
    [InlineData(12500, "KWD", "KWD 12.500")]
    [InlineData(-5, "usd", "USD -0.05")]
    public void ToString_ShowsTheCurrencysOwnDecimals(long minor, string currency, string expected) =>
        Assert.Equal(expected, new Money(minor, Currency.Parse(currency)).ToString());

    [Theory]
    [InlineData("12.34", "eur", true, 1234)]
    [InlineData("12.345", "eur", false, 0)]
    [InlineData("12.345", "kwd", true, 12345)]
    [InlineData("500", "jpy", true, 500)]
    [InlineData("500.5", "jpy", false, 0)]
    public void TryFromMajor_RefusesMoreDecimalsThanTheCurrencyHas(string major, string currency, bool exact, long minor)
    {
        Assert.Equal(exact, Money.TryFromMajor(decimal.Parse(major, System.Globalization.CultureInfo.InvariantCulture), Currency.Parse(currency), out Money money));
        Assert.Equal(exact ? minor : 0, money.MinorUnits);
    }

    [Fact]
    public void Plus_TwoCurrencies_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new Money(1, Currency.Parse("eur")) + new Money(1, Currency.Parse("usd")));

    [Fact]
    public void Plus_Overflow_Throws() =>
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, Currency.Parse("eur")) + new Money(1, Currency.Parse("eur")));

    [Theory]
    [InlineData("")]
    [InlineData("euro")]
    [InlineData("e1r")]
    [InlineData(null)]
    public void TryParse_NoCurrencyCode_IsFalse(string? code) => Assert.False(Currency.TryParse(code, out _));
}
