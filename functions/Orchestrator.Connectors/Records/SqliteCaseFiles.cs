using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orchestrator.Agents;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Connectors.Records;

internal sealed class SqliteCaseFiles(RecordsWriter? writer, RecordsReader reader) : ICaseFiles
{
    public Task<TakenIn> TakeInAsync(SupportMail mail, string newCaseId, DateTimeOffset at, Func<TakenIn, AuditEntry>? record, CancellationToken cancellationToken) =>
        RecordsAccess.Writable(writer).ChangeAsync(
            transaction =>
            {
                TakenIn taken = TakeIn(transaction, mail, newCaseId, at);
                if (record is not null && taken.As != TakenInAs.IdTaken)
                {
                    transaction.Append(record(taken));
                }

                return taken;
            },
            cancellationToken);

    public Task<CaseFile?> FindAsync(string caseId, CancellationToken cancellationToken)
    {
        IReadOnlyList<SupportMail> messages = reader.Query(
            "SELECT mail FROM message WHERE case_id = $case AND beyond = 0 ORDER BY rowid",
            row => JsonSerializer.Deserialize(row.GetString(0), AgentsJson.Default.SupportMail)!,
            ("$case", caseId));
        long beyond = reader.Query("SELECT count(*) FROM message WHERE case_id = $case AND beyond = 1", row => row.GetInt64(0), ("$case", caseId))[0];
        IReadOnlyList<SupportMail> newest = beyond == 0 ? [] : reader.Query(
            "SELECT mail FROM message WHERE case_id = $case AND beyond = 1 ORDER BY rowid DESC LIMIT $shown",
            row => JsonSerializer.Deserialize(row.GetString(0), AgentsJson.Default.SupportMail)!,
            ("$case", caseId),
            ("$shown", IntakeLimits.ShownBeyond));
        IReadOnlyList<CaseNote> notes = reader.Query(
            "SELECT note FROM note WHERE case_id = $case ORDER BY rowid",
            row => JsonSerializer.Deserialize(row.GetString(0), AgentsJson.Default.CaseNote)!,
            ("$case", caseId));
        return Task.FromResult(reader.First(
            "SELECT customer_name, opened_at, closed_at FROM case_file WHERE case_id = $case",
            row => new CaseFile(
                caseId, messages, TextOrNull(row, 0), RecordsConnection.Time(row.GetString(1)), TextOrNull(row, 2) is { } closed ? RecordsConnection.Time(closed) : null)
            {
                Notes = notes,
                Beyond = (int)beyond,
                NewestBeyond = [.. newest.Reverse()],
            },
            ("$case", caseId)));
    }

    public Task NoteCustomerAsync(string caseId, string? customerName, CancellationToken cancellationToken) =>
        RecordsAccess.Writable(writer).ChangeAsync(
            transaction => transaction.Execute("UPDATE case_file SET customer_name = $name WHERE case_id = $case", ("$name", customerName), ("$case", caseId)),
            cancellationToken);

    public Task NoteAsync(string caseId, CaseNote note, AuditEntry? record, CancellationToken cancellationToken) =>
        RecordsAccess.Writable(writer).ChangeAsync(
            transaction =>
            {
                if (record is not null)
                {
                    transaction.Append(record);
                }

                return transaction.Execute(
                    "INSERT INTO note (case_id, note) SELECT case_id, $note FROM case_file WHERE case_id = $case",
                    ("$note", JsonSerializer.Serialize(note, AgentsJson.Default.CaseNote)),
                    ("$case", caseId));
            },
            cancellationToken);

    public Task CloseAsync(string caseId, DateTimeOffset at, CancellationToken cancellationToken) =>
        RecordsAccess.Writable(writer).ChangeAsync(
            transaction => transaction.Execute("UPDATE case_file SET closed_at = $at WHERE case_id = $case AND closed_at IS NULL", ("$at", RecordsConnection.Text(at)), ("$case", caseId)),
            cancellationToken);

    public Task<IReadOnlyList<string>> ListBySenderAsync(string address, string exceptCaseId, CancellationToken cancellationToken) =>
        Task.FromResult(reader.Query(
            "SELECT case_id FROM case_file WHERE opened_by = $address AND case_id <> $except ORDER BY opened_at DESC, rowid DESC LIMIT 20",
            row => row.GetString(0),
            ("$address", Correspondent.Key(address)),
            ("$except", exceptCaseId)));

    public Task<int> CountOpenBySenderAsync(string address, string exceptCaseId, CancellationToken cancellationToken) =>
        Task.FromResult(reader.Query(
            "SELECT count(*) FROM case_file WHERE opened_by = $address AND disowned = 0 AND closed_at IS NULL AND case_id <> $except",
            row => row.GetInt32(0),
            ("$address", Correspondent.Key(address)),
            ("$except", exceptCaseId))[0]);

    public Task<IReadOnlyList<string>> ListStrangersAsync(string caseId, CancellationToken cancellationToken) =>
        Task.FromResult(reader.Query(
            """
            SELECT other.case_id FROM case_file mine JOIN case_file other ON other.thread_id = mine.thread_id AND other.opened_by <> mine.opened_by AND other.closed_at IS NULL
            WHERE mine.case_id = $case ORDER BY other.opened_at, other.rowid LIMIT 20
            """,
            row => row.GetString(0),
            ("$case", caseId)));

    public Task<IReadOnlyList<string>> ListOpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult(reader.Query("SELECT case_id FROM case_file WHERE closed_at IS NULL ORDER BY opened_at, rowid", row => row.GetString(0)));

    private static TakenIn TakeIn(RecordsTransaction transaction, SupportMail mail, string newCaseId, DateTimeOffset at)
    {
        TakenIn? known = transaction.First(
            "SELECT case_id, mail FROM message WHERE message_id = $key",
            row => new TakenIn(row.GetString(0), IsSame(row.GetString(1), mail) ? TakenInAs.Duplicate : TakenInAs.IdTaken),
            ("$key", mail.MessageId));
        if (known is not null)
        {
            return known;
        }

        string thread = Correspondent.Conversation(mail);
        string sender = Correspondent.Key(mail.From.Address);
        string? open = transaction.First(
            "SELECT case_id FROM case_file WHERE thread_id = $thread AND opened_by = $sender AND closed_at IS NULL",
            row => row.GetString(0),
            ("$thread", thread),
            ("$sender", sender));
        string? full = open is null ? FullOf(transaction, mail, sender) : Fits(transaction, open, mail) ? null : open;
        if (full is null && open is null)
        {
            transaction.Execute(
                "INSERT INTO case_file (case_id, thread_id, opened_by, opened_at, disowned) VALUES ($case, $thread, $sender, $at, $disowned)",
                ("$disowned", Disowned(mail)),
                ("$case", newCaseId),
                ("$thread", thread),
                ("$sender", sender),
                ("$at", RecordsConnection.Text(at)));
        }

        transaction.Execute(
            "INSERT INTO message (message_id, case_id, mail, letters, beyond) VALUES ($message, $case, $mail, $letters, $beyond)",
            ("$message", mail.MessageId),
            ("$case", full ?? open ?? newCaseId),
            ("$letters", (long)mail.Text.Length),
            ("$beyond", full is null ? 0L : 1L),
            ("$mail", JsonSerializer.Serialize(mail, AgentsJson.Default.SupportMail)));
        return full is not null ? new(full, TakenInAs.Beyond) : new(open ?? newCaseId, open is null ? TakenInAs.NewCase : TakenInAs.Reply);
    }

    /// <summary>The newest open case of a sender who has as many as one may have; null while there is room for another.</summary>
    private static string? FullOf(RecordsTransaction transaction, SupportMail mail, string sender) => transaction.First(
        """
        WITH own AS (SELECT case_id, opened_at, rowid AS place FROM case_file WHERE opened_by = $sender AND disowned = $disowned AND closed_at IS NULL)
        SELECT case_id FROM own WHERE (SELECT count(*) FROM own) >= $most ORDER BY opened_at DESC, place DESC LIMIT 1
        """,
        row => row.GetString(0),
        ("$sender", sender),
        ("$disowned", Disowned(mail)),
        ("$most", (long)IntakeLimits.OpenCasesOfASender));

    /// <summary>Letters of mails from before they were counted are taken from the mail.</summary>
    private static bool Fits(RecordsTransaction transaction, string caseId, SupportMail reply) => transaction.First(
        """
        WITH own AS (SELECT rowid AS place, coalesce(letters, length(mail)) AS letters FROM message WHERE case_id = $case AND beyond = 0)
        SELECT count(*), coalesce(sum(letters) FILTER (WHERE place > (SELECT min(place) FROM own)), 0) FROM own
        """,
        row => (object)IntakeLimits.Fits(row.GetInt32(0), row.GetInt64(1), reply),
        ("$case", caseId)) is true;

    private static long Disowned(SupportMail mail) => mail.Proof == SenderProof.Fails ? 1 : 0;

    private static bool IsSame(string stored, SupportMail mail) =>
        JsonSerializer.Deserialize(stored, AgentsJson.Default.SupportMail)!.Fingerprint() == mail.Fingerprint();

    private static string? TextOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
