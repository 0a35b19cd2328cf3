using Orchestrator.Agents.Mail;

namespace Orchestrator.Agents.Tests.Mail;

public sealed class CustomerMailsTests
{
    [Fact]
    public void Fill_PutsInNameAmountAndDate()
    {
        MailDraft mail = CustomerMails.Fill(CustomerMails.Refunded, "Ana Pérez", "KWD 12.500", "4 December 2026");
        Assert.Equal("Your refund of KWD 12.500", mail.Subject);
        Assert.StartsWith("Hello Ana Pérez,", mail.Body, StringComparison.Ordinal);
        Assert.Contains("by 4 December 2026", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("{", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_NoName_GreetsWithoutOne() =>
        Assert.StartsWith("Hello,", CustomerMails.Fill(CustomerMails.Denied, null, null, null).Body, StringComparison.Ordinal);

    [Fact]
    public void Fill_LineBreakInSubject_CanNotAddAHeader() =>
        Assert.DoesNotContain('\n', CustomerMails.Fill(new("a\r\nBcc: eve@example.com", "b"), null, null, null).Subject);

    [Fact]
    public void Fill_WhatIsFilledIn_IsNotLookedThroughForPlaceholders() =>
        Assert.Equal("Hello {amount}: EUR 1.00 {customer}", CustomerMails.Fill(new("s", "Hello {customer}: {amount}"), "{amount}", "EUR 1.00 {customer}", "{date}").Body);

    [Fact]
    public void After_SkipsWeekends() =>
        Assert.Equal(new DateTimeOffset(2026, 12, 4, 0, 0, 0, TimeSpan.Zero), BusinessDays.After(new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), 10));
}
