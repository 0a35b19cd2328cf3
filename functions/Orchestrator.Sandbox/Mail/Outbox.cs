using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Mail;

/// <summary>What was sent, by either way, each operation once.</summary>
internal sealed class Outbox : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Journal _journal;
    private readonly List<SentMail> _mails = [];
    private readonly Dictionary<string, int> _repeats = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _suppressed = new(StringComparer.OrdinalIgnoreCase);

    public Outbox(string? stateFolder)
    {
        _journal = new Journal(stateFolder is null ? null : Path.Combine(stateFolder, "mail.jsonl"));
        foreach (var fact in _journal.Past)
        {
            Remember(SentMail.FromFact(fact));
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<SentMail> Mails
    {
        get
        {
            lock (_gate)
            {
                return [.. _mails.AsEnumerable().Reverse()];
            }
        }
    }

    /// <summary>Sends, unless this operation was sent before: then the first sending is the answer.</summary>
    public SentMail Send(string id, string channel, DateTimeOffset at, JsonObject message)
    {
        lock (_gate)
        {
            if (Find(id) is { } before)
            {
                _repeats[id]++;
                return before;
            }

            var mail = new SentMail(id, channel, at, Status(message), WithoutContent(message));
            var fact = mail.Describe(0);
            _journal.Append(fact);
            Remember(mail);
            return mail;
        }
    }

    public SentMail? Find(string id)
    {
        lock (_gate)
        {
            return _repeats.ContainsKey(id) ? _mails.FindLast(mail => mail.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) : null;
        }
    }

    /// <summary>From now on mail to this address alone ends as <c>Failed</c>.</summary>
    public void Suppress(string address)
    {
        lock (_gate)
        {
            _suppressed.Add(address);
        }
    }

    /// <summary>Newest first.</summary>
    public JsonArray Describe()
    {
        lock (_gate)
        {
            return [.. _mails.AsEnumerable().Reverse().Select(mail => (JsonNode)mail.Describe(_repeats[mail.Id]))];
        }
    }

    public void Dispose() => _journal.Dispose();

    private static JsonObject WithoutContent(JsonObject message)
    {
        var kept = message.DeepClone().AsObject();
        foreach (var attachment in kept.Children("attachments"))
        {
            attachment["bytes"] = attachment.Text("contentInBase64")?.Length * 3L / 4;
            attachment.Remove("contentInBase64");
        }

        return kept;
    }

    private string Status(JsonObject message) =>
        message.Child("recipients") is { } recipients && recipients.Children("to").All(one => _suppressed.Contains(one.Text("address") ?? ""))
            ? "Failed"
            : "Succeeded";

    private void Remember(SentMail mail)
    {
        _mails.Add(mail);
        _repeats[mail.Id] = 0;
    }
}
