using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;

namespace Orchestrator.Sandbox.Mail;

/// <summary>
/// One mail in the outbox, by <c>rest</c> under its operation's id or by <c>smtp</c> under one made here. Its status is
/// <c>Succeeded</c>, or <c>Failed</c> when every recipient is suppressed; its message has the shape of the send request,
/// attachments without their content.
/// </summary>
internal sealed record SentMail(string Id, string Channel, DateTimeOffset SentAt, string Status, JsonObject Message)
{
    public string Subject => Message.Child("content")?.Text("subject") ?? "";

    public JsonObject Describe(int repeats) => new()
    {
        ["id"] = Id,
        ["channel"] = Channel,
        ["sentAt"] = SentAt,
        ["status"] = Status,
        ["repeats"] = repeats,
        ["message"] = Message.DeepClone(),
    };

    public static SentMail FromFact(JsonObject fact) => new(
        fact.Text("id")!, fact.Text("channel")!, fact.Time("sentAt")!.Value, fact.Text("status")!, fact.Child("message")!);

    /// <summary>The addresses of one list: to, cc or bcc.</summary>
    public IEnumerable<string> Recipients(string list) =>
        Message.Child("recipients")?.Children(list).Select(one => one.Text("address") ?? "") ?? [];
}
