using Azure;
using Azure.Data.Tables;
using Orchestrator.Agents;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using static Azure.Data.Tables.TableTransactionActionType;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>
/// Case files in one partition. The row of a file is its truth: it counts its mails and notes, and every change of a case goes through its ETag.
/// </summary>
internal sealed class TableCaseFiles(RecordsTable table, TableAuditLog audit, Contention contention) : ICaseFiles
{
    private const int MostOfSender = 20;

    private const string Thread = "Thread";
    private const string Customer = "Customer";
    private const string OpenedAt = "OpenedAt";
    private const string ClosedAt = "ClosedAt";
    private const string Mails = "Mails";
    private const string Notes = "Notes";
    private const string Beyond = "Beyond";
    private const string Letters = "Letters";
    private const string OfSender = "OfSender";

    public async Task<TakenIn> TakeInAsync(SupportMail mail, string newCaseId, DateTimeOffset at, Func<TakenIn, AuditEntry>? record, CancellationToken cancellationToken)
    {
        byte[] body = RowBody.Pack(mail, AgentsJson.Default.SupportMail, $"The mail that would open case '{newCaseId}'");
        string thread = CaseRows.Thread(mail);
        string mark = WriteMarks.New();
        TakenIn? taken = null;
        await contention.SettleAsync(
            thread,
            $"the thread that case '{newCaseId}' would be opened for",
            async () => (taken = await TryTakeInAsync(mail, body, thread, newCaseId, at, mark, record, cancellationToken)) is not null,
            cancellationToken);
        if (record is not null && taken!.As != TakenInAs.IdTaken)
        {
            await RecordAsync(record(taken), mark, stored: taken.As != TakenInAs.Duplicate);
        }

        return taken!;
    }

    public async Task<CaseFile?> FindAsync(string caseId, CancellationToken cancellationToken)
    {
        string key = CaseRows.File(caseId);
        TableEntity? file = null;
        List<SupportMail> mails = [];
        List<CaseNote> notes = [];
        await foreach (TableEntity row in table.QueryAsync(CaseRows.Partition, key, RowKeys.End(CaseRows.Notes(key)), RecordsTable.LargestPage, cancellationToken))
        {
            if (row.RowKey == key)
            {
                file = row;
            }
            else if (row.RowKey.StartsWith(CaseRows.Mails(key), StringComparison.Ordinal))
            {
                mails.Add(RowBody.Read(row, AgentsJson.Default.SupportMail));
            }
            else
            {
                notes.Add(RowBody.Read(row, AgentsJson.Default.CaseNote));
            }
        }

        int beyond = file?.GetInt32(Beyond) ?? 0;
        List<SupportMail> newest = [];
        for (int number = Math.Max(1, beyond - IntakeLimits.ShownBeyond + 1); number <= beyond; number++)
        {
            if (await table.FindAsync(CaseRows.Partition, CaseRows.Numbered(CaseRows.Beyond(key), number), cancellationToken) is { } row)
            {
                newest.Add(RowBody.Read(row, AgentsJson.Default.SupportMail));
            }
        }

        // The file's row comes first: what later pages hold beyond its counts was written after it was read.
        return file is null
            ? null
            : new CaseFile(caseId, [.. mails.Take(file.GetInt32(Mails)!.Value)], file.GetString(Customer), CaseRows.Time(file, OpenedAt)!.Value, CaseRows.Time(file, ClosedAt))
            {
                Notes = [.. notes.Take(file.GetInt32(Notes)!.Value)],
                Beyond = beyond,
                NewestBeyond = newest,
            };
    }

    public Task NoteCustomerAsync(string caseId, string? customerName, CancellationToken cancellationToken) =>
        ChangeAsync(
            caseId,
            file =>
            {
                file[Customer] = customerName;
                return [];
            },
            cancellationToken);

    public async Task NoteAsync(string caseId, CaseNote note, AuditEntry? record, CancellationToken cancellationToken)
    {
        string mark = WriteMarks.New();
        byte[] body = RowBody.Pack(note, AgentsJson.Default.CaseNote, $"A note on case '{caseId}'");
        bool stored = await ChangeAsync(
            caseId,
            mark,
            file =>
            [
                new(Add, CaseRows.BodyOf(CaseRows.Numbered(CaseRows.Notes(file.RowKey), Next(file, Notes)), caseId, body)),
                .. Pending(record, mark),
            ],
            cancellationToken);
        if (record is not null)
        {
            await RecordAsync(record, mark, stored);
        }
    }

    public Task CloseAsync(string caseId, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(
            caseId,
            file =>
            {
                if (file.GetString(ClosedAt) is not null)
                {
                    return null;
                }

                file[ClosedAt] = CaseRows.Text(at);
                return
                [
                    .. file.GetString(OfSender) is { } open ? [new(Delete, CaseRows.Of(open, caseId), ETag.All)] : Array.Empty<TableTransactionAction>(),
                    new(Delete, CaseRows.Of(file.GetString(Thread), caseId), ETag.All),
                    new(Delete, CaseRows.Of(CaseRows.Open(CaseRows.Time(file, OpenedAt)!.Value, caseId), caseId), ETag.All),
                ];
            },
            cancellationToken);

    public async Task<IReadOnlyList<string>> ListBySenderAsync(string address, string exceptCaseId, CancellationToken cancellationToken) =>
        await CasesIn(CaseRows.AllOfSender(address), MostOfSender + 1, cancellationToken).Where(caseId => caseId != exceptCaseId).Take(MostOfSender).ToListAsync(cancellationToken);

    public async Task<int> CountOpenBySenderAsync(string address, string exceptCaseId, CancellationToken cancellationToken) =>
        await CasesIn(CaseRows.AllOpenOfSender(address, disowned: false), RecordsTable.LargestPage, cancellationToken).CountAsync(caseId => caseId != exceptCaseId, cancellationToken);

    public async Task<IReadOnlyList<string>> ListStrangersAsync(string caseId, CancellationToken cancellationToken)
    {
        TableEntity? file = await table.FindAsync(CaseRows.Partition, CaseRows.File(caseId), cancellationToken);
        return file?.GetString(Thread) is { } thread
            ? await CasesIn(CaseRows.AllInThread(thread), MostOfSender + 1, cancellationToken).Where(other => other != caseId).Take(MostOfSender).ToListAsync(cancellationToken)
            : [];
    }

    public async Task<IReadOnlyList<string>> ListOpenAsync(CancellationToken cancellationToken) =>
        await CasesIn(CaseRows.AllOpen, RecordsTable.LargestPage, cancellationToken).ToListAsync(cancellationToken);

    private IAsyncEnumerable<string> CasesIn(string index, int page, CancellationToken cancellationToken) =>
        table.QueryAsync(CaseRows.Partition, index + "-", RowKeys.End(index), page, cancellationToken).Select(CaseRows.CaseOf);

    /// <summary>Null when the race was lost.</summary>
    private async Task<TakenIn?> TryTakeInAsync(
        SupportMail mail, byte[] body, string thread, string newCaseId, DateTimeOffset at, string mark, Func<TakenIn, AuditEntry>? record, CancellationToken cancellationToken)
    {
        string message = CaseRows.Message(mail.MessageId);
        if (await table.FindAsync(CaseRows.Partition, message, cancellationToken) is { } known)
        {
            return new(
                CaseRows.CaseOf(known),
                WriteMarks.Has(known, mark) ? CaseRows.TakenInAs(known) : CaseRows.IsOf(known, mail) ? TakenInAs.Duplicate : TakenInAs.IdTaken);
        }

        if (await FindOpenAsync(mail, thread, cancellationToken) is { } open)
        {
            return await TryAddAsync(CaseRows.CaseOf(open), isReply: true, mail, body, mark, record, cancellationToken);
        }

        string openOfSender = CaseRows.AllOpenOfSender(mail.From.Address, mail.Proof == SenderProof.Fails);
        List<string> ofSender = await CasesIn(openOfSender, IntakeLimits.OpenCasesOfASender, cancellationToken).Take(IntakeLimits.OpenCasesOfASender).ToListAsync(cancellationToken);
        if (ofSender.Count == IntakeLimits.OpenCasesOfASender)
        {
            return await TryAddAsync(ofSender[0], isReply: false, mail, body, mark, record, cancellationToken);
        }

        var opened = new TakenIn(newCaseId, TakenInAs.NewCase);
        TableEntity file = CaseRows.Of(CaseRows.File(newCaseId), newCaseId);
        (file[Thread], file[OpenedAt], file[Mails], file[Notes]) = (thread, CaseRows.Text(at), 1, 0);
        file[OfSender] = CaseRows.OpenOfSender(mail, at, newCaseId);
        TableEntity[] rows =
        [
            CaseRows.MessageOf(mail, opened, mark),
            CaseRows.Of(thread, newCaseId),
            file,
            CaseRows.BodyOf(CaseRows.Numbered(CaseRows.Mails(file.RowKey), 1), newCaseId, body),
            CaseRows.Of(CaseRows.Open(at, newCaseId), newCaseId),
            CaseRows.Of(CaseRows.Sender(mail.From.Address, at, newCaseId), newCaseId),
            CaseRows.Of(CaseRows.OpenOfSender(mail, at, newCaseId), newCaseId),
        ];
        if (await table.TryTransactAsync([.. rows.Select(row => new TableTransactionAction(Add, row)), .. Pending(record?.Invoke(opened), mark)], cancellationToken))
        {
            return opened;
        }

        await CheckNotTakenAsync(newCaseId, message, cancellationToken);
        return null;
    }

    /// <summary>The sender's open case in the thread, also where an older version opened it for the thread alone.</summary>
    private async Task<TableEntity?> FindOpenAsync(SupportMail mail, string thread, CancellationToken cancellationToken)
    {
        if (await table.FindAsync(CaseRows.Partition, thread, cancellationToken) is { } own)
        {
            return own;
        }

        return await table.FindAsync(CaseRows.Partition, CaseRows.AnyonesThread(mail), cancellationToken) is { } older
            && await FindAsync(CaseRows.CaseOf(older), cancellationToken) is { } file
            && Correspondent.AreSame(file.First.From.Address, mail.From.Address)
            ? older
            : null;
    }

    /// <summary>Adds a mail to an open case: as a reply where it is one and fits, else beyond what the case may hold. Null when the race was lost.</summary>
    private async Task<TakenIn?> TryAddAsync(
        string caseId, bool isReply, SupportMail mail, byte[] body, string mark, Func<TakenIn, AuditEntry>? record, CancellationToken cancellationToken)
    {
        TableEntity? file = await table.FindAsync(CaseRows.Partition, CaseRows.File(caseId), cancellationToken);
        if (file is null || file.GetString(ClosedAt) is not null)
        {
            return null;
        }

        // Of the replies. Those from before they were counted have none.
        int letters = file.GetInt32(Letters) ?? 0;
        bool fits = isReply && IntakeLimits.Fits(file.GetInt32(Mails) ?? 0, letters, mail);
        var taken = new TakenIn(caseId, fits ? TakenInAs.Reply : TakenInAs.Beyond);
        if (fits)
        {
            file[Letters] = letters + mail.Text.Length;
        }

        string row = CaseRows.Numbered(fits ? CaseRows.Mails(file.RowKey) : CaseRows.Beyond(file.RowKey), Next(file, fits ? Mails : Beyond));
        TableTransactionAction[] added =
        [
            new(Add, CaseRows.MessageOf(mail, taken, mark)),
            new(Add, CaseRows.BodyOf(row, caseId, body)),
            new(UpdateReplace, file, file.ETag),
            .. Pending(record?.Invoke(taken), mark),
        ];
        return await table.TryTransactAsync(added, cancellationToken) ? taken : null;
    }

    /// <summary>Case ids come from message ids; one that belongs to another message would lose every race.</summary>
    private async Task CheckNotTakenAsync(string newCaseId, string message, CancellationToken cancellationToken)
    {
        if (await table.FindAsync(CaseRows.Partition, CaseRows.File(newCaseId), cancellationToken) is not null
            && await table.FindAsync(CaseRows.Partition, message, cancellationToken) is null)
        {
            throw new PermanentFailureException($"Case '{newCaseId}' is there already, opened by another message. Nothing was stored.", "case_taken");
        }
    }

    private static TableTransactionAction[] Pending(AuditEntry? entry, string mark) => entry is null ? [] : [PendingRecords.Row(CaseRows.Partition, mark, entry)];

    private Task RecordAsync(AuditEntry entry, string mark, bool stored) =>
        stored ? audit.Pending.AppendAsync(CaseRows.Partition, mark, entry) : audit.AppendAsync(entry, CancellationToken.None);

    private Task ChangeAsync(string caseId, Func<TableEntity, IReadOnlyList<TableTransactionAction>?> change, CancellationToken cancellationToken) =>
        ChangeAsync(caseId, WriteMarks.New(), change, cancellationToken);

    /// <param name="change">Changes the file's row and says what changes with it; null when nothing changes.</param>
    /// <returns>Whether anything changed.</returns>
    private async Task<bool> ChangeAsync(string caseId, string mark, Func<TableEntity, IReadOnlyList<TableTransactionAction>?> change, CancellationToken cancellationToken)
    {
        bool changed = false;
        await contention.SettleAsync(
            caseId,
            $"the file of case '{caseId}'",
            async () =>
            {
                TableEntity? file = await table.FindAsync(CaseRows.Partition, CaseRows.File(caseId), cancellationToken);
                changed = file is not null && WriteMarks.Has(file, mark);
                if (file is null || changed || change(file) is not { } others)
                {
                    return true;
                }

                WriteMarks.Put(file, file, mark);
                changed = await table.TryTransactAsync([new(UpdateReplace, file, file.ETag), .. others], cancellationToken);
                return changed;
            },
            cancellationToken);
        return changed;
    }

    private static int Next(TableEntity file, string count)
    {
        int next = (file.GetInt32(count) ?? 0) + 1;
        file[count] = next;
        return next;
    }
}
