using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Tests.Understanding.Rules;

public sealed class RuleReadingTests
{
    [Theory]
    [InlineData("Please refund order 4711, it arrived broken.")]
    [InlineData("I'd like my money back.")]
    [InlineData("Would you kindly reverse the charge on my card?")]
    [InlineData("You charged my card without my authorization. Please refund me.")]
    [InlineData("I don't want a replacement, I want a refund.")]
    [InlineData("refnd plese, ordr 4711")]
    [InlineData("Ich bitte um Rückerstattung.")]
    [InlineData("Bitte ueberweisen Sie mir das Geld zurueck.")]
    [InlineData("Je souhaite être remboursé.")]
    [InlineData("Quiero que me devuelvan el dinero.")]
    [InlineData("Vorrei il rimborso, grazie.")]
    [InlineData("Ik wil graag mijn geld terug.")]
    [InlineData("Gostaria de solicitar o reembolso.")]
    public void Read_PlainRequest_IsARefundRequest(string text) => Assert.IsType<Reading.RefundRequest>(Read.Text(text));

    [Theory]
    [InlineData("What is your refund policy?")]
    [InlineData("Where is my refund?")]
    [InlineData("Thank you for the refund!")]
    [InlineData("Please cancel order 4711.")]
    [InlineData("I don't want a refund, just a replacement.")]
    [InlineData("If it doesn't arrive by Friday I will want a refund.")]
    [InlineData("My friend got a refund last week.")]
    [InlineData("You refunded me last week, thanks.")]
    [InlineData("Can I have a replacement or a refund?")]
    [InlineData("I have already opened a dispute with my bank. Please refund me.")]
    [InlineData("Ich möchte mein Geld nicht zurück, sondern Ersatz.")]
    [InlineData("Où en est mon remboursement ?")]
    [InlineData("Ya me devolvieron el dinero, gracias.")]
    [InlineData("Do you ship to Iceland?")]
    public void Read_NearMiss_GoesToAPerson(string text) => Assert.IsType<Reading.ForAPerson>(Read.Text(text));

    [Fact]
    public void Read_RequestOnlyInTheQuote_GoesToAPerson() =>
        Assert.Equal(ReadingDoubt.NotARefundRequest, Read.Person("All fine now, thanks.\n\nOn 1/2/2026 at 10:00, Robin <robin@example.com> wrote:\n> Please refund order 4711.").Doubt);

    [Fact]
    public void Read_NothingOfItsOwn_IsUnreadable() => Assert.Equal(ReadingDoubt.Unreadable, Read.Person("> Please refund order 4711.").Doubt);

    [Fact]
    public void Read_ReferenceOnlyInTheQuote_IsTaken() =>
        Assert.Equal(["#A-20991"], Read.Refund("Please refund it.\n\nOn 1/2/2026 at 10:00, Shop <shop@example.com> wrote:\n> order #A-20991").References);

    [Fact]
    public void Read_Threat_IsNoticed() =>
        Assert.Contains(MailNotice.ThreatensDispute, Read.Refund("Refund order 4711 or I will file a chargeback.").Notices);

    [Fact]
    public void Read_TooLong_GoesToAPersonWithANotice() =>
        Assert.Contains(MailNotice.Truncated, Read.Person("Please refund me.\n" + new string('x', 100_000)).Notices);

    [Theory]
    [InlineData("rоbin@example.com", null, MailNotice.LookAlikeAddress)]
    [InlineData("service@paypa1.example.com", null, MailNotice.LookAlikeAddress)]
    [InlineData("robin@example.com", "else@elsewhere.example", MailNotice.ReplyToDiffers)]
    public void Read_SuspectSender_GoesToAPerson(string from, string? replyTo, MailNotice notice)
    {
        Reading.ForAPerson reading = Assert.IsType<Reading.ForAPerson>(Read.Text("Please refund order 4711.", from: from, replyTo: replyTo));

        Assert.Contains(notice, reading.Notices);
    }

    [Theory]
    [InlineData("It arrived broken, please refund me.", RefundReason.Defective)]
    [InlineData("It never arrived, please refund me.", RefundReason.NotReceived)]
    [InlineData("I was charged twice, please refund me.", RefundReason.Duplicate)]
    [InlineData("Bitte erstatten Sie mir das Geld, die Ware ist kaputt.", RefundReason.Defective)]
    [InlineData("Please refund me.", RefundReason.NotStated)]
    public void Read_Reason_IsUnderstood(string text, RefundReason reason) => Assert.Equal(reason, Read.Refund(text).Reason);

    [Fact]
    public async Task Read_HostileLengthsAndCharacters_EndQuickly()
    {
        foreach (string text in (string[])[new('a', 60_000), new('>', 60_000), string.Concat(Enumerable.Repeat("please refund my ", 3_000)), string.Concat(Enumerable.Repeat("1.", 30_000)), string.Concat(Enumerable.Repeat("\ud800", 500)), string.Concat(Enumerable.Repeat("not my money ", 4_000))])
        {
            await Task.Run(() => Read.Text(text)).WaitAsync(TimeSpan.FromSeconds(20));
        }
    }
}
