using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Operations.Tests.Hosting;

/// <summary>Case files in memory, with the port's behaviour: duplicates, replies in a thread, a closed thread opens anew.</summary>
internal sealed class MemoryCaseFiles(IAuditLog audit) : ICaseFiles
{
    private readonly Dictionary<string, CaseFile> _files = [];
    private readonly Lock _gate = new();

    /// <summary>When set, reading fails with this message.</summary>
    public string? Break { get; set; }

    public async Task<TakenIn> TakeInAsync(SupportMail mail, string newCaseId, DateTimeOffset at, Func<TakenIn, AuditEntry>? record, CancellationToken cancellationToken)
    {
        TakenIn taken = TakeIn(mail, newCaseId, at);
        if (record is not null && taken.As != TakenInAs.IdTaken)
        {
            await audit.AppendAsync(record(taken), cancellationToken);
        }

        return taken;
    }

    private TakenIn TakeIn(SupportMail mail, string newCaseId, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_files.Values.FirstOrDefault(file => file.Messages.Any(known => known.MessageId == mail.MessageId)) is { } same)
            {
                bool isSame = same.Messages.Single(known => known.MessageId == mail.MessageId).Fingerprint() == mail.Fingerprint();
                return new(same.CaseId, isSame ? TakenInAs.Duplicate : TakenInAs.IdTaken);
            }

            if (_files.Values.FirstOrDefault(file => file.ClosedAt is null && IsOfOneConversation(file.First, mail) && IsOfOneSender(file.First, mail)) is { } open)
            {
                _files[open.CaseId] = open with { Messages = [.. open.Messages, mail] };
                return new(open.CaseId, TakenInAs.Reply);
            }

            _files[newCaseId] = new(newCaseId, [mail], null, at, null);
            return new(newCaseId, TakenInAs.NewCase);
        }
    }

    /// <summary>Mails kept with a case beyond what is worked on; the newest of them is shown.</summary>
    public Task KeepBeyondAsync(string caseId, int count, SupportMail newest) => ChangeAsync(caseId, file => file with { Beyond = count, NewestBeyond = [newest] });

    public Task<CaseFile?> FindAsync(string caseId, CancellationToken cancellationToken)
    {
        if (Break is { } why)
        {
            throw new InvalidDataException(why);
        }

        lock (_gate)
        {
            return Task.FromResult(_files.GetValueOrDefault(caseId));
        }
    }

    public Task NoteCustomerAsync(string caseId, string? customerName, CancellationToken cancellationToken) => ChangeAsync(caseId, file => file with { CustomerName = customerName });

    public async Task NoteAsync(string caseId, CaseNote note, AuditEntry? record, CancellationToken cancellationToken)
    {
        await ChangeAsync(caseId, file => file with { Notes = [.. file.Notes, note] });
        if (record is not null)
        {
            await audit.AppendAsync(record, cancellationToken);
        }
    }

    public Task CloseAsync(string caseId, DateTimeOffset at, CancellationToken cancellationToken) => ChangeAsync(caseId, file => file with { ClosedAt = file.ClosedAt ?? at });

    public Task<IReadOnlyList<string>> ListBySenderAsync(string address, string exceptCaseId, CancellationToken cancellationToken) =>
        ListAsync(file => file.First.From.Address.Equals(address, StringComparison.OrdinalIgnoreCase) && file.CaseId != exceptCaseId);

    public async Task<int> CountOpenBySenderAsync(string address, string exceptCaseId, CancellationToken cancellationToken) =>
        (await ListAsync(file => file.ClosedAt is null && Correspondent.AreSame(file.First.From.Address, address) && file.CaseId != exceptCaseId)).Count;

    public Task<IReadOnlyList<string>> ListStrangersAsync(string caseId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            SupportMail? first = _files.GetValueOrDefault(caseId)?.First;
            return ListAsync(file => first is not null && file.ClosedAt is null && IsOfOneConversation(file.First, first) && !IsOfOneSender(file.First, first));
        }
    }

    public Task<IReadOnlyList<string>> ListOpenAsync(CancellationToken cancellationToken) => ListAsync(file => file.ClosedAt is null);

    private static bool IsOfOneConversation(SupportMail left, SupportMail right) => Correspondent.Conversation(left) == Correspondent.Conversation(right);

    private static bool IsOfOneSender(SupportMail left, SupportMail right) => Correspondent.AreSame(left.From.Address, right.From.Address);

    private Task ChangeAsync(string caseId, Func<CaseFile, CaseFile> change)
    {
        lock (_gate)
        {
            if (_files.TryGetValue(caseId, out CaseFile? file))
            {
                _files[caseId] = change(file);
            }
        }

        return Task.CompletedTask;
    }

    private Task<IReadOnlyList<string>> ListAsync(Func<CaseFile, bool> which)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. _files.Values.Where(which).OrderByDescending(file => file.OpenedAt).Select(file => file.CaseId)]);
        }
    }
}
