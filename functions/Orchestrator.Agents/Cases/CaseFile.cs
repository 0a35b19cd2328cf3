using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Agents.Cases;

/// <summary>The personal side of a case, kept apart from history so that history holds ids only and a person's data can be erased.</summary>
/// <param name="Messages">The mail that opened it, then the replies in its thread, oldest first.</param>
/// <param name="CustomerName">As Stripe knows it, once looked up.</param>
public sealed record CaseFile(
    string CaseId,
    IReadOnlyList<SupportMail> Messages,
    string? CustomerName,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt)
{
    public SupportMail First => Messages[0];

    /// <summary>Addresses of whoever asks in this case: nobody of them decides on it. An address whose domain disowns the mail asked for nothing.</summary>
    public IReadOnlyList<string> Requesters => [.. Messages.Where(mail => mail.Proof != SenderProof.Fails).Select(mail => mail.From.Address).Distinct()];

    /// <summary>How many mails are kept with the case beyond what it may hold (<see cref="IntakeLimits"/>). Nobody acts on them.</summary>
    public int Beyond { get; init; }

    /// <summary>The newest of those, oldest first.</summary>
    public IReadOnlyList<SupportMail> NewestBeyond { get; init; } = [];

    /// <summary>What operators wrote down when they acted by hand, oldest first.</summary>
    public IReadOnlyList<CaseNote> Notes { get; init; } = [];
}

/// <summary>Why an operator acted, in their own words. They may name people, so they are kept here, where they can be erased, and in no history and no audit record.</summary>
/// <param name="By">Who acted.</param>
/// <param name="Act">Such as <c>cases.terminate</c>: the audit record of the act has the same name.</param>
public sealed record CaseNote(DateTimeOffset At, string By, string Act, string Words);

/// <summary>Where a taken-in mail went.</summary>
public sealed record TakenIn(string CaseId, TakenInAs As);

public enum TakenInAs
{
    NewCase,
    Duplicate,
    Reply,

    /// <summary>Kept with an open case of the same sender, beyond what the case, or all open cases of the sender, may hold (<see cref="IntakeLimits"/>).</summary>
    Beyond,

    /// <summary>Not taken: its message id is another mail's. <see cref="InboxIntake"/> takes it in under an id of its own.</summary>
    IdTaken,
}

/// <summary>Case files: which mail belongs to which case, and what is personal about it.</summary>
public interface ICaseFiles
{
    /// <summary>
    /// In one transaction: a known message id is a <see cref="TakenInAs.Duplicate"/>, or with another fingerprint <see cref="TakenInAs.IdTaken"/>; an open case that the same
    /// sender opened in this conversation makes it a <see cref="TakenInAs.Reply"/> appended to that case; else a new case file of id <paramref name="newCaseId"/> is opened,
    /// also for a stranger in somebody's thread. What is more than <see cref="IntakeLimits"/> allow is <see cref="TakenInAs.Beyond"/>. Durable once it returns.
    /// </summary>
    /// <param name="record">What goes on the audit record, stored with the mail, so that no crash leaves one without the other; not asked for <see cref="TakenInAs.IdTaken"/>.</param>
    Task<TakenIn> TakeInAsync(SupportMail mail, string newCaseId, DateTimeOffset at, Func<TakenIn, AuditEntry>? record, CancellationToken cancellationToken);

    Task<CaseFile?> FindAsync(string caseId, CancellationToken cancellationToken);

    Task NoteCustomerAsync(string caseId, string? customerName, CancellationToken cancellationToken);

    /// <summary>Adds to the file's notes; nothing when there is no such file.</summary>
    /// <param name="record">What goes on the audit record, stored with the note; also when there is no such file.</param>
    Task NoteAsync(string caseId, CaseNote note, AuditEntry? record, CancellationToken cancellationToken);

    /// <summary>A later mail in its thread opens a new case. Closing twice is closing once.</summary>
    Task CloseAsync(string caseId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Cases that an address opened before, newest first, without <paramref name="exceptCaseId"/>; at most 20.</summary>
    Task<IReadOnlyList<string>> ListBySenderAsync(string address, string exceptCaseId, CancellationToken cancellationToken);

    /// <summary>How many cases of an address are open now, without <paramref name="exceptCaseId"/> and without those whose mail its domain disowns. Sees every mail that was acknowledged before.</summary>
    Task<int> CountOpenBySenderAsync(string address, string exceptCaseId, CancellationToken cancellationToken);

    /// <summary>Other open cases in the same thread, opened by other senders, oldest first; at most 20.</summary>
    Task<IReadOnlyList<string>> ListStrangersAsync(string caseId, CancellationToken cancellationToken);

    /// <summary>Every case not closed, oldest first: what a start looks through for work that a crash left unstarted.</summary>
    Task<IReadOnlyList<string>> ListOpenAsync(CancellationToken cancellationToken);
}

public static class CaseFilesExtensions
{
    /// <summary>Takes a mail in, without an audit record.</summary>
    public static Task<TakenIn> TakeInAsync(this ICaseFiles files, SupportMail mail, string newCaseId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.TakeInAsync(mail, newCaseId, at, record: null, cancellationToken);
    }

    /// <summary>Adds to the file's notes, without an audit record.</summary>
    public static Task NoteAsync(this ICaseFiles files, string caseId, CaseNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.NoteAsync(caseId, note, record: null, cancellationToken);
    }

    /// <summary>The file of a case that must be there.</summary>
    /// <exception cref="Governance.PermanentFailureException">It is not: the records and the task hub belong to different states.</exception>
    public static async Task<CaseFile> OpenedAsync(this ICaseFiles files, string caseId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        return await files.FindAsync(caseId, cancellationToken)
            ?? throw new Governance.PermanentFailureException($"Case '{caseId}' has no case file. The task hub and the records are not of one state folder; restore both from the same backup.");
    }
}
