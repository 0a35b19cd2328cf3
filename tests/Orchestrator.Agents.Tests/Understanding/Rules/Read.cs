using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Understanding;
using Orchestrator.Agents.Understanding.Rules;

namespace Orchestrator.Agents.Tests.Understanding.Rules;

/// <summary>A mail of a few words, read.</summary>
internal static class Read
{
    public static Reading Text(string text, string subject = "", string from = "robin@example.com", string? name = "Robin Example", string? replyTo = null) =>
        RuleReading.Read(new SupportMail("<1@example.com>", "thread-1", new MailAddress(name, from), replyTo, subject, text, DateTimeOffset.UnixEpoch));

    public static Reading.RefundRequest Refund(string text) => Assert.IsType<Reading.RefundRequest>(Text(text));

    public static Reading.ForAPerson Person(string text) => Assert.IsType<Reading.ForAPerson>(Text(text));
}
