using Orchestrator.Agents.Understanding.Redaction;

namespace Orchestrator.Agents.Tests.Understanding.Redaction;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("mail me at robin.x+1@example.co.uk.", "mail me at [EMAIL_1].")]
    [InlineData("card 4242 4242 4242 4242 thanks", "card [CARD_1] thanks")]
    [InlineData("card 4242424242424241", "card 4242424242424241")]
    [InlineData("DE89 3704 0044 0532 0130 00 is mine", "[IBAN_1] is mine")]
    [InlineData("call +49 30 1234567", "call [PHONE_1]")]
    [InlineData("call (415) 555-0132 now", "call [PHONE_1] now")]
    [InlineData("my ssn is 460-89-9847", "my ssn is [SSN_1]")]
    [InlineData("from 192.168.1.1 yesterday", "from [IP_1] yesterday")]
    [InlineData("My name is Maria von Beispiel.", "My name is [PERSON_1].")]
    [InlineData("see https://example.com/a?b=1", "see [URL_1]")]
    public void Redact_PersonalData_BecomesAPlaceholder(string text, string redacted) => Assert.Equal(redacted, PersonalData.Redact(text).Text);

    [Theory]
    [InlineData("order #W6067464 and ORD-12345")]
    [InlineData("charge ch_3PqTz2LkdIwHu7ix0abcDEF1, refund re_3PqTz2LkdIwHu7ix, customer cus_Nffrfexample1")]
    [InlineData("order number 5512098765")]
    [InlineData("pi_3MtwBwLkdIwHu7ix28a3tqPa in_1MtHbELkdIwHu7ixl4OzzPMv sub_1MowQVLkdIwHu7ixeRlqHVzs")]
    [InlineData("I paid 1,234.50 USD on 2026-11-17 at 10:30")]
    [InlineData("Bestellung 4111111111")]
    [InlineData("order 113-1234567-1234567")]
    public void Redact_OrdersAndStripeIds_Stay(string text) => Assert.Equal(text, PersonalData.Redact(text).Text);

    [Fact]
    public void Redact_KnownName_IsFoundWhereverItStands() =>
        Assert.Equal("it was [PERSON_1] who paid", PersonalData.Redact("it was robin who paid", "Robin Example").Text);

    [Fact]
    public void Redact_SameValueTwice_HasOnePlaceholder() => Assert.Equal("[EMAIL_1] or [EMAIL_1]", PersonalData.Redact("a@example.com or a@example.com").Text);

    [Theory]
    [InlineData("Hi, I am Robin Example, a@example.com, 4242 4242 4242 4242, call +49 30 1234567.\nRegards\nRobin")]
    [InlineData("[EMAIL_1] is not mine, b@example.com is")]
    [InlineData("[[EMAIL_1]] [x] c@example.com ]")]
    public void Restore_Redacted_IsExact(string text)
    {
        Redacted redacted = PersonalData.Redact(text, "Robin Example");

        Assert.NotEqual(text, redacted.Text);
        Assert.Equal(text, redacted.Restore(redacted.Text));
    }

    [Fact]
    public void ToString_HoldsNoValue() => Assert.DoesNotContain("example.com", PersonalData.Redact("a@example.com").ToString(), StringComparison.Ordinal);
}
