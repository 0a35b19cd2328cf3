using System.Diagnostics;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Agents.Tests.Inbox;

public sealed class ReplyTextTests
{
    [Theory]
    [InlineData("On Tue, Nov 17, 2026 at 3:59 PM, Shop <shop@example.com> wrote:")]
    [InlineData("Am Di., 17. Nov. 2026 um 15:59 Uhr schrieb Shop <shop@example.com>:")]
    [InlineData("Am 17.11.2026 um 15:59 schrieb Shop:")]
    [InlineData("Le mar. 17 nov. 2026 à 15:59, Shop <shop@example.com> a écrit :")]
    [InlineData("El mar, 17 nov 2026 a las 15:59, Shop (<shop@example.com>) escribió:")]
    [InlineData("Il giorno mar 17 nov 2026 alle ore 15:59 Shop <shop@example.com> ha scritto:")]
    [InlineData("Op di 17 nov 2026 om 15:59 schreef Shop <shop@example.com>:")]
    [InlineData("Em ter., 17 de nov. de 2026 às 15:59, Shop <shop@example.com> escreveu:")]
    [InlineData("Den tis 17 nov. 2026 kl 15:59 skrev Shop <shop@example.com>:")]
    [InlineData("-----Original Message-----")]
    [InlineData("-----Ursprüngliche Nachricht-----")]
    [InlineData("-------- Message original --------")]
    [InlineData("---------- Forwarded message ---------")]
    [InlineData("Begin forwarded message:")]
    [InlineData("From: Shop <shop@example.com>\nSent: Tuesday, 17 November 2026 15:59\nTo: Robin\nSubject: Order")]
    [InlineData("Von: Shop <shop@example.com>\nGesendet: Dienstag, 17. November 2026 15:59\nAn: Robin\nBetreff: Bestellung")]
    [InlineData("De : Shop <shop@example.com>\nEnvoyé : mardi 17 novembre 2026 15:59\nÀ : Robin\nObjet : Commande")]
    [InlineData("*From:* Shop\n*Date:* 17 Nov 2026\n*To:* Robin\n*Subject:* Order")]
    public void Strip_HistoryBelow_IsTakenOff(string announcement)
    {
        Reply reply = ReplyText.Strip($"Yes, please.\n\n{announcement}\n\nDo you want a refund?\nShop");

        Assert.Equal("Yes, please.", reply.Own);
        Assert.Contains("Do you want a refund?", reply.Quoted, StringComparison.Ordinal);
    }

    [Fact]
    public void Strip_AnswersBetweenQuotes_AreKept()
    {
        Reply reply = ReplyText.Strip("On 1/2/2026 10:00 AM, Shop wrote:\n> Which order?\n\nNumber 4711.\n\n> What is wrong?\n\nIt is broken.\n");

        Assert.Equal("Number 4711.\n\nIt is broken.", reply.Own);
    }

    [Theory]
    [InlineData("On Monday I wrote a long letter about it.")]
    [InlineData("From: what I can see, it is broken.")]
    [InlineData("I sent it back on 3 March: still nothing.")]
    [InlineData("Am 3. März kam das Paket an.")]
    public void Strip_OrdinarySentence_IsKept(string sentence) => Assert.Equal(sentence, ReplyText.Strip(sentence).Own);

    [Theory]
    [InlineData("Sent from my iPhone")]
    [InlineData("Von meinem iPhone gesendet")]
    [InlineData("Envoyé de mon iPhone")]
    [InlineData("-- \nRobin Example\nExample Ltd")]
    public void Strip_Signature_IsTakenOff(string signature) => Assert.Equal("Please refund me.", ReplyText.Strip($"Please refund me.\n\n{signature}").Own);

    [Fact]
    public void Strip_NothingButHistory_HasNoOwnWords() => Assert.Equal("", ReplyText.Strip("> Please refund me.\n> Robin").Own);

    [Fact]
    public void Strip_TenThousandQuotedLines_IsQuick()
    {
        string text = "Thanks\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{new string('>', (i % 40) + 1)} On 1/2/2026 at 10:00, a@example.com line {i}\n"));
        Stopwatch watch = Stopwatch.StartNew();

        Assert.Equal("Thanks", ReplyText.Strip(text).Own);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
    }

    [Fact]
    public void HiddenText_Appended_IsSplitOffAgain() =>
        Assert.Equal(("Hello", "secret"), HiddenText.Split(HiddenText.Append("Hello", "secret")));
}
