using System.Globalization;
using Azure.Data.Tables;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Connectors.Records.Tables;

/// <summary>
/// The rows of case files. A file and what belongs to it stand together: <c>f-&lt;case&gt;</c>, <c>f-&lt;case&gt;-m-&lt;number&gt;</c> per mail, <c>f-&lt;case&gt;-n-&lt;number&gt;</c> per note,
/// <c>f-&lt;case&gt;-x-&lt;number&gt;</c> per mail beyond what the case may hold.
/// The others point to a case: <c>m-</c> by message id, <c>t-</c> by thread and sender while open, <c>o-</c> by time while open, <c>s-</c> by sender, <c>q-</c> by sender while open.
/// </summary>
internal static class CaseRows
{
    public const string Partition = "cases";
    public const string AllOpen = "o";

    private const string CaseId = "Case";
    private const string Content = "Content";

    public static string File(string caseId) => "f-" + RowKeys.Hash(caseId);

    public static string Mails(string file) => file + "-m";

    public static string Notes(string file) => file + "-n";

    public static string Beyond(string file) => file + "-x";

    public static string Numbered(string prefix, int number) => $"{prefix}-{number.ToString("D6", CultureInfo.InvariantCulture)}";

    public static string Message(string messageId) => "m-" + RowKeys.Hash(messageId);

    /// <summary>The open case of one sender in a thread.</summary>
    public static string Thread(SupportMail mail) => $"{AnyonesThread(mail)}-{RowKeys.Hash(Correspondent.Key(mail.From.Address))}";

    /// <summary>As it was before a case belonged to its thread and its sender; cases opened then are still found by it.</summary>
    public static string AnyonesThread(SupportMail mail) => "t-" + RowKeys.Hash(Correspondent.Conversation(mail));

    /// <summary>Behind this prefix stand the open cases of all senders in the thread of one of them.</summary>
    public static string AllInThread(string thread) => string.Join('-', thread.Split('-').Take(2));

    public static string Open(DateTimeOffset openedAt, string caseId) => $"{AllOpen}-{RowKeys.OldestFirst(openedAt)}-{RowKeys.Hash(caseId)}";

    public static string AllOfSender(string address) => "s-" + RowKeys.Hash(Correspondent.Key(address));

    public static string Sender(string address, DateTimeOffset openedAt, string caseId) => $"{AllOfSender(address)}-{RowKeys.NewestFirst(openedAt)}-{RowKeys.Hash(caseId)}";

    /// <summary>Mails that their domain disowns are nobody's: their cases count apart.</summary>
    public static string AllOpenOfSender(string address, bool disowned) => $"q-{RowKeys.Hash(Correspondent.Key(address))}{(disowned ? "!" : "")}";

    public static string OpenOfSender(SupportMail mail, DateTimeOffset openedAt, string caseId) =>
        $"{AllOpenOfSender(mail.From.Address, mail.Proof == SenderProof.Fails)}-{RowKeys.NewestFirst(openedAt)}-{RowKeys.Hash(caseId)}";

    /// <summary>A row that names the case it belongs to.</summary>
    public static TableEntity Of(string row, string caseId) => new(Partition, row) { [CaseId] = caseId };

    public static string CaseOf(TableEntity row) => row.GetString(CaseId);

    public static TakenInAs TakenInAs(TableEntity message) => Enum.Parse<TakenInAs>(message.GetString("As"));

    /// <summary>Whether a message's row is of this mail, and not of another that came under its id. Rows of older versions don't say.</summary>
    public static bool IsOf(TableEntity message, SupportMail mail) => message.GetString(Content) is not { } content || content == mail.Fingerprint();

    public static TableEntity MessageOf(SupportMail mail, TakenIn taken, string mark)
    {
        TableEntity row = Of(Message(mail.MessageId), taken.CaseId);
        row["As"] = taken.As.ToString();
        row[Content] = mail.Fingerprint();
        WriteMarks.Put(row, before: null, mark);
        return row;
    }

    public static TableEntity BodyOf(string row, string caseId, byte[] body)
    {
        TableEntity entity = Of(row, caseId);
        RowBody.Put(entity, body);
        return entity;
    }

    public static DateTimeOffset? Time(TableEntity row, string property) =>
        row.GetString(property) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null;

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
