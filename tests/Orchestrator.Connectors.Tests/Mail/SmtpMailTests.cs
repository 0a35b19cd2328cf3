using System.Security.Cryptography.X509Certificates;
using System.Text;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.Connectors.Mail;

namespace Orchestrator.Connectors.Tests.Mail;

public sealed class SmtpMailTests
{
    [Fact]
    public async Task Send_OverStartTls_SignsInOnlyEncryptedAndHandsTheMailOver()
    {
        using X509Certificate2 certificate = LocalCertificate.Make();
        await using var server = new SmtpServer(certificate: certificate);
        var sender = new SmtpMail(new("127.0.0.1", server.Port, "support@shop.example", "robot"), new ManualClock(), (_, shown, _, _) => shown!.GetRawCertData().AsSpan().SequenceEqual(certificate.RawData));
        ActCall call = MailSamples.Call("pass word");

        MailReceipt receipt = await sender.SendAsync(call, MailSamples.Mail(), default);

        Assert.Equal($"<{MailSamples.Operation}@shop.example>", receipt.ProviderId);
        Assert.Equal(
            ["EHLO orchestrator", "STARTTLS", "EHLO orchestrator", "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes("\0robot\0pass word")), "MAIL FROM:<support@shop.example>", "RCPT TO:<ana@example.com>", "DATA"],
            server.Commands.Take(7));
        string[] parts = Assert.Single(server.Mails).Split("\n\n", 2);
        Assert.Contains($"Message-ID: <{MailSamples.Operation}@shop.example>\n", parts[0], StringComparison.Ordinal);
        Assert.Contains("In-Reply-To: <m1@shop.example>\n", parts[0], StringComparison.Ordinal);
        Assert.Contains("Date: Sat, 21 Nov 2026 09:00:00 +0000\n", parts[0], StringComparison.Ordinal);
        string amount = $"=?utf-8?b?{Convert.ToBase64String(Encoding.UTF8.GetBytes("€42.00"))}?=";
        Assert.Contains($"Subject: Your refund of {amount}\n", parts[0], StringComparison.Ordinal);
        Assert.Equal("Dear Ana,\r\n.\r\nit is on its way: KWD 12.500.", Encoding.UTF8.GetString(Convert.FromBase64String(parts[1])));
    }

    [Fact]
    public async Task Send_CertificateOfSomebodyElse_SendsNothing()
    {
        using X509Certificate2 certificate = LocalCertificate.Make();
        await using var server = new SmtpServer(certificate: certificate);
        await Assert.ThrowsAsync<PermanentFailureException>(() => new SmtpMail(new("127.0.0.1", server.Port, "support@shop.example", "robot"), TimeProvider.System).SendAsync(MailSamples.Call("x"), MailSamples.Mail(), default));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Send_NoTlsOffered_SendsNeitherPasswordNorMail()
    {
        await using var server = new SmtpServer();
        await Assert.ThrowsAsync<PermanentFailureException>(() => new SmtpMail(new("127.0.0.1", server.Port, "support@shop.example", "robot"), TimeProvider.System).SendAsync(MailSamples.Call("x"), MailSamples.Mail(), default));
        Assert.Equal(["EHLO orchestrator"], server.Commands);
    }

    [Theory]
    [InlineData("AUTH", "535 5.7.8 no", typeof(PermanentFailureException))]
    [InlineData("RCPT", "550 no such user ana@example.com", typeof(RefusedException))]
    [InlineData("RCPT", "451 later", typeof(TransientFailureException))]
    [InlineData("MAIL", "", typeof(TransientFailureException))]
    [InlineData("(mail)", "554 spam", typeof(RefusedException))]
    [InlineData("(mail)", "452 full", typeof(TransientFailureException))]
    [InlineData("(mail)", "", typeof(OutcomeUnknownException))]
    [InlineData("EHLO", "hello there", typeof(PermanentFailureException))]
    public async Task Send_GoesWrongAtAStep_IsTheRightFailure(string step, string reply, Type expected)
    {
        await using var server = new SmtpServer(command => command.StartsWith(step, StringComparison.Ordinal) ? reply : null);
        Exception failure = (await Record.ExceptionAsync(() => Plain(server.Port).SendAsync(MailSamples.Call("secret-password"), MailSamples.Mail(), default)))!;
        Assert.IsType(expected, failure);
        Assert.DoesNotContain("ana@", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-password", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_NobodyThere_IsTransient() =>
        await Assert.ThrowsAsync<TransientFailureException>(() => Plain(Wire.WireServer.NobodyThere().Port).SendAsync(MailSamples.Call("x"), MailSamples.Mail(), default));

    [Theory]
    [MemberData(nameof(MailSamples.Hostile), MemberType = typeof(MailSamples))]
    public async Task Send_HostileMail_NeverLeaves(OutgoingMail hostile)
    {
        await using var server = new SmtpServer();
        await Assert.ThrowsAsync<PermanentFailureException>(() => Plain(server.Port).SendAsync(MailSamples.Call("x"), hostile, default));
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task Send_ThreadIdThatIsNone_StartsItsOwnThread()
    {
        await using var server = new SmtpServer();
        await Plain(server.Port).SendAsync(MailSamples.Call("x"), MailSamples.Mail(inReplyTo: "<a>\r\nBcc: eve@example.com"), default);
        Assert.DoesNotContain("Bcc", Assert.Single(server.Mails), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("In-Reply-To", Assert.Single(server.Mails), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_InTheClearToAnotherMachine_IsRefused() =>
        Assert.Throws<Connectors.Settings.SettingsException>(() => new SmtpOptions("mail.example.com", 25, "support@shop.example", security: SmtpSecurity.None));

    private static SmtpMail Plain(int port) => new(new("127.0.0.1", port, "support@shop.example", "robot", SmtpSecurity.None), TimeProvider.System);
}
