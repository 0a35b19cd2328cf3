using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Graph;

/// <summary>The mails in the shared mailbox, as Graph's <c>message</c> resources, oldest first.</summary>
internal sealed class MailboxMessages
{
    private readonly Lock _gate = new();
    private readonly Journal _journal;
    private readonly List<JsonObject> _messages = [];

    public MailboxMessages(Journal journal)
    {
        _journal = journal;
        _messages.AddRange(journal.Past.Where(fact => fact.Text("fact") == "message").Select(fact => fact.Child("message")!));
    }

    public void Add(JsonObject message)
    {
        lock (_gate)
        {
            _journal.Append(new JsonObject { ["fact"] = "message", ["message"] = message.DeepClone() });
            _messages.Add(message);
        }
    }

    public JsonObject? Find(string id)
    {
        lock (_gate)
        {
            return _messages.Find(message => message.Text("id") == id)?.DeepClone().AsObject();
        }
    }

    /// <summary>Received at or after a time, newest first.</summary>
    public IReadOnlyList<JsonObject> Since(DateTimeOffset from)
    {
        lock (_gate)
        {
            return [.. _messages.Where(message => message.Time("receivedDateTime") >= from)
                .OrderByDescending(message => message.Time("receivedDateTime"))
                .Select(message => message.DeepClone().AsObject())];
        }
    }
}
