using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Tests.Hosting;

namespace Orchestrator.Sandbox.Tests.Mail;

public sealed class SmtpListenerTests : IAsyncLifetime
{
    private RunningSandbox _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await RunningSandbox.StartAsync(new SandboxOptions { MailPort = 0, SmtpPort = 0 });

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Mail_FromTheFrameworksClient_ArrivesInTheOutboxAsItWasMeant()
    {
        using var mail = new MailMessage("support@shop.example", "ana@customer.example") { Subject = "Rückerstattung für Bestellung № 7 — 42,00 €", Body = "Hallo Ana,\n.\n..zwei Punkte\nGrüße" };
        mail.CC.Add("boss@shop.example");
        mail.Bcc.Add("audit@shop.example");
        mail.ReplyToList.Add("case-1@shop.example");
        using var html = AlternateView.CreateAlternateViewFromString("<p>Hallo Ana, Grüße</p>", Encoding.UTF8, MediaTypeNames.Text.Html);
        mail.AlternateViews.Add(html);
        using var attached = Attachment.CreateAttachmentFromString("a,b", "ledger.csv", Encoding.UTF8, "text/csv");
        mail.Attachments.Add(attached);

        await SendAsync(mail);

        var message = Assert.Single(await OutboxAsync())!["message"]!;
        Assert.Equal(mail.Subject, message["content"]!["subject"]!.GetValue<string>());
        Assert.Equal("Hallo Ana,\n.\n..zwei Punkte\nGrüße", message["content"]!["plainText"]!.GetValue<string>());
        Assert.Equal("<p>Hallo Ana, Grüße</p>", message["content"]!["html"]!.GetValue<string>());
        Assert.Equal("support@shop.example", message["senderAddress"]!.GetValue<string>());
        Assert.Equal("ana@customer.example", message["recipients"]!["to"]![0]!["address"]!.GetValue<string>());
        Assert.Equal("boss@shop.example", message["recipients"]!["cc"]![0]!["address"]!.GetValue<string>());
        Assert.Equal("audit@shop.example", message["recipients"]!["bcc"]![0]!["address"]!.GetValue<string>());
        Assert.Equal("case-1@shop.example", message["replyTo"]![0]!["address"]!.GetValue<string>());
        Assert.Equal("ledger.csv", message["attachments"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Data_WithDotStuffing_IsUnstuffed()
    {
        using var client = await ConnectAsync();
        await client.SayAsync("EHLO test", "250 ");
        await client.SayAsync("MAIL FROM:<a@shop.example>", "250");
        await client.SayAsync("RCPT TO:<b@customer.example>", "250");
        await client.SayAsync("DATA", "354");
        await client.SayAsync("Subject: dots\r\n\r\n..one\r\n...two\r\nend\r\n.", "250");
        await client.SayAsync("QUIT", "221");

        var message = Assert.Single(await OutboxAsync())!["message"]!;
        Assert.Equal(".one\n..two\nend", message["content"]!["plainText"]!.GetValue<string>());
        Assert.Equal("b@customer.example", message["recipients"]!["bcc"]![0]!["address"]!.GetValue<string>());
    }

    [Fact]
    public async Task Auth_RightOrWrong_IsToldApart()
    {
        using var client = await ConnectAsync();
        await client.SayAsync("EHLO test", "250 ");
        await client.SayAsync("AUTH PLAIN " + Plain("sandbox", "wrong"), "535");
        await client.SayAsync("AUTH PLAIN", "334");
        await client.SayAsync(Plain(_sandbox.At.Smtp!.UserName, _sandbox.At.Smtp.Password), "235");
        await client.SayAsync("AUTH LOGIN", "504");
    }

    [Theory]
    [InlineData("RCPT TO:<b@customer.example>", "503")]
    [InlineData("DATA", "503")]
    [InlineData("MAIL FROM:<a@shop.example> SIZE=99999999", "552")]
    [InlineData("MAIL FROM a@shop.example", "501")]
    [InlineData("TURN", "502")]
    public async Task Command_OutOfPlace_IsRefused(string command, string reply)
    {
        using var client = await ConnectAsync();
        await client.SayAsync("EHLO test", "250 ");
        await client.SayAsync(command, reply);
        await client.SayAsync("NOOP", "250");
    }

    [Fact]
    public async Task Data_LargerThanTheLimit_IsRefusedAndTheConversationGoesOn()
    {
        using var client = await ConnectAsync();
        await client.SayAsync("EHLO test", "250 ");
        await client.SayAsync("MAIL FROM:<a@shop.example>", "250");
        await client.SayAsync("RCPT TO:<b@customer.example>", "250");
        await client.SayAsync("DATA", "354");
        string line = new('x', 998);
        await client.SayAsync(string.Concat(Enumerable.Repeat(line + "\r\n", 10_600)) + ".", "552");
        await client.SayAsync("NOOP", "250");

        Assert.Empty(await OutboxAsync());
    }

    private static string Plain(string name, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{name}\0{password}"));

    private async Task SendAsync(MailMessage mail)
    {
        using var client = new SmtpClient(_sandbox.At.Smtp!.Host, _sandbox.At.Smtp.Port);
        await client.SendMailAsync(mail);
    }

    private async Task<Conversation> ConnectAsync()
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, _sandbox.At.Smtp!.Port);
        var conversation = new Conversation(tcp);
        await conversation.HearAsync("220");
        return conversation;
    }

    private async Task<JsonArray> OutboxAsync() => (await _sandbox.GetAsync(_sandbox.At.Mail!.Address, "/_sandbox/mail/messages"))["messages"]!.AsArray();

    private sealed class Conversation(TcpClient tcp) : IDisposable
    {
        private readonly StreamReader _reader = new(tcp.GetStream());

        public async Task SayAsync(string line, string reply)
        {
            await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
            await HearAsync(reply);
        }

        /// <summary>Reads a reply to its last line, which must begin like this.</summary>
        public async Task HearAsync(string reply)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            string line;
            do
            {
                line = await _reader.ReadLineAsync(deadline.Token) ?? "(connection closed)";
            }
            while (line.Length > 3 && line[3] == '-');
            Assert.StartsWith(reply, line, StringComparison.Ordinal);
        }

        public void Dispose()
        {
            _reader.Dispose();
            tcp.Dispose();
        }
    }
}
