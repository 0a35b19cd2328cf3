using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;

namespace Orchestrator.Connectors.Tests.Mail;

internal static class MailSamples
{
    public static readonly Guid Operation = new("0f8fad5b-d9cb-869f-a165-70867728950e");

    /// <summary>An access key as Communication Services gives it: base64.</summary>
    public static readonly string AccessKey = Convert.ToBase64String([.. Enumerable.Range(0, 64).Select(number => (byte)number)]);

    public static OutgoingMail Mail(string to = "ana@example.com", string subject = "Your refund of €42.00", string text = "Dear Ana,\n.\nit is on its way: KWD 12.500.", string? name = "Ana", string? inReplyTo = "<m1@shop.example>") =>
        new(Operation, to, name, subject, text, inReplyTo);

    public static ActCall Call(string value) => new(new(KeyNames.Mail, "v3", value));

    /// <summary>Mails that must never leave.</summary>
    public static TheoryData<OutgoingMail> Hostile => new(
        Mail(to: "ana@example.com\r\nBcc: everybody@example.com"),
        Mail(to: "ana@example.com\n"),
        Mail(to: "ana@example.com, eve@example.com"),
        Mail(to: "Ana <ana@example.com>"),
        Mail(to: "\"a b\"@example.com"),
        Mail(to: "аna@exаmple.com"),
        Mail(to: ""),
        Mail(subject: "Hello\r\nBcc: everybody@example.com"),
        Mail(subject: "Hello\nX"),
        Mail(subject: "a\u2028b"),
        Mail(subject: ""),
        Mail(name: "Ana\r\nBcc: everybody@example.com"),
        Mail(text: ""),
        Mail() with { OperationId = Guid.Empty });
}
