using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;
using Orchestrator.Agents.Understanding.Rules.Amounts;

namespace Orchestrator.Agents.Tests.Understanding.Rules;

public sealed class MoneyTextTests
{
    [Theory]
    [InlineData("12,50 €", 1250, "eur")]
    [InlineData("€12.50", 1250, "eur")]
    [InlineData("1.250,00 EUR", 125000, "eur")]
    [InlineData("1.250 €", 125000, "eur")]
    [InlineData("USD 1,234.50", 123450, "usd")]
    [InlineData("$50 CAD", 5000, "cad")]
    [InlineData("CHF 1'250.50", 125050, "chf")]
    [InlineData("50.- Fr.", 5000, "chf")]
    [InlineData("1 234,50 €", 123450, "eur")]
    [InlineData("KWD 12.500", 12500, "kwd")]
    [InlineData("KWD 1,250.500", 1250500, "kwd")]
    [InlineData("¥5,000", 5000, "jpy")]
    [InlineData("5000円", 5000, "jpy")]
    [InlineData("£9.99", 999, "gbp")]
    [InlineData("30 dollars", 3000, "usd")]
    [InlineData("R$ 189,90", 18990, "brl")]
    [InlineData("349,- €", 34900, "eur")]
    [InlineData("₹1,00,000.00", 10000000, "inr")]
    [InlineData("499 kr", 49900, "sek")]
    [InlineData("12,5 euros", 1250, "eur")]
    public void Find_Amount_IsExact(string text, long minor, string currency) =>
        Assert.Equal(new Money(minor, Currency.Parse(currency)), Assert.Single(MoneyText.Find($"It was {text} in all", decimalComma: true)).Value);

    [Theory]
    [InlineData("order 12345")]
    [InlineData("12.50")]
    [InlineData("ch_3Pq20EUR")]
    [InlineData("JPY 12.5")]
    [InlineData("on 12.11.2026")]
    public void Find_NoMoney_FindsNothing(string text) => Assert.Empty(MoneyText.Find(text, decimalComma: false));

    [Theory]
    [InlineData("Please refund $20 of the $80 I paid.", 2000, 8000L)]
    [InlineData("I was charged £59.99 instead of £49.99. Please refund the difference.", 1000, 5999L)]
    [InlineData("I paid 80 EUR. Please refund half of it.", 4000, 8000L)]
    [InlineData("The order was 120 EUR. Please refund the 15 EUR shipping.", 1500, 12000L)]
    public void Read_Part_IsTold(string text, long part, long? total)
    {
        Reading.RefundRequest request = Read.Refund(text);

        Assert.Equal(part, request.Part?.MinorUnits);
        Assert.Equal(total, request.StatedTotal?.MinorUnits);
    }

    [Theory]
    [InlineData("I paid 24.90 USD for it. Please refund me.")]
    [InlineData("Please give me a full refund of 24.90 USD.")]
    public void Read_WholeCharge_HasNoPart(string text)
    {
        Reading.RefundRequest request = Read.Refund(text);

        Assert.Null(request.Part);
        Assert.Equal(2490, request.StatedTotal?.MinorUnits);
    }
}
