using Orchestrator.Agents.Understanding.Rules.References;

namespace Orchestrator.Agents.Tests.Understanding.Rules;

public sealed class OrderReferencesTests
{
    [Theory]
    [InlineData("my order #W6067464 please", "#W6067464")]
    [InlineData("order 4711", "4711")]
    [InlineData("Order number: ORD-12345.", "ORD-12345")]
    [InlineData("Bestellnummer 88123", "88123")]
    [InlineData("Bestellung Nr. 4711-0815", "4711-0815")]
    [InlineData("commande n° 56012", "56012")]
    [InlineData("pedido núm. 41190", "41190")]
    [InlineData("Rechnung RG-2026-1187", "RG-2026-1187")]
    [InlineData("113-1234567-1234567", "113-1234567-1234567")]
    [InlineData("charge ch_3PqTz2LkdIwHu7ix0abcDEF1!", "ch_3PqTz2LkdIwHu7ix0abcDEF1")]
    [InlineData("注文番号 20391", "20391")]
    public void Find_Reference_IsAsWritten(string text, string reference) => Assert.Equal([reference], OrderReferences.Find(text));

    [Fact]
    public void Find_List_FindsEach() => Assert.Equal(["440011", "440012", "440013"], OrderReferences.Find("orders 440011, 440012 and 440013"));

    [Theory]
    [InlineData("an order of 12 March 2026")]
    [InlineData("I ordered 20 shirts in 2025")]
    [InlineData("my order of 24.90 EUR")]
    [InlineData("tracking number RR-123456789-DE")]
    [InlineData("my order was in_progress")]
    public void Find_OtherNumber_FindsNothing(string text) => Assert.Empty(OrderReferences.Find(text));
}
