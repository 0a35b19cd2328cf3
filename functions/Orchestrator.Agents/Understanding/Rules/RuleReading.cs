using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Understanding.Rules.Amounts;
using Orchestrator.Agents.Understanding.Rules.Language;
using Orchestrator.Agents.Understanding.Rules.References;
using Orchestrator.Agents.Understanding.Rules.Safety;

namespace Orchestrator.Agents.Understanding.Rules;

/// <summary>Reads mails by rules alone, without network and without learning. Reads only what the sender wrote now; what is not clear goes to a person.</summary>
public sealed class RuleReading : IMailReading
{
    private const string ReadBy = "rules";
    private const double SureOfMachines = 0.9;

    /// <summary>Languages that write a comma before decimals are all but these.</summary>
    private static readonly HashSet<string> DecimalPoint = ["en"];

    private static readonly string[] Replies = ["re:", "aw:", "antw:", "antwort:", "rv:", "res:", "rif:", "sv:", "vs:", "odp:", "fw:", "fwd:", "wg:", "tr:", "i:", "enc:", "doorst:"];

    private static readonly string[] Machines = ["mailer-daemon@", "postmaster@", "noreply@", "no-reply@", "donotreply@", "do-not-reply@", "bounce@", "bounces@", "notifications@", "newsletter@"];

    private static readonly string[] MachineSubjects =
        ["automatic reply", "auto-reply", "autoreply", "out of office", "undeliverable", "delivery status notification", "mail delivery failed", "automatische antwort", "abwesenheit", "réponse automatique", "respuesta automática", "risposta automatica", "automatisch antwoord", "resposta automática"];

    public bool UsesModel => false;

    public Task<Reading> ReadAsync(SupportMail mail, ActCall? call, CancellationToken cancellationToken) => Task.FromResult(Read(mail));

    /// <summary>Reads one mail. Pure; works in time linear to its length, of which <see cref="Words.MostCharacters"/> count.</summary>
    public static Reading Read(SupportMail mail)
    {
        bool cut = mail.Text.Length > Words.MostCharacters;
        (string visible, string hidden) = HiddenText.Split(mail.Text);
        List<MailNotice> notices = SenderNoticesOf(mail, cut);
        if (Injection.IsIn($"{mail.Subject}\n\n{Cut(visible)}") || Injection.IsIn(Cut(hidden)) || TalksOfMoney(hidden) || Injection.IsIn(mail.From.Name ?? ""))
        {
            return Doubtful(ReadingDoubt.InstructsTheAgent, "The mail contains text addressed to the agent or posing as an approval.", SureOfMachines, [MailNotice.InstructsTheAgent, .. notices]);
        }

        return IsMachine(mail)
            ? Doubtful(ReadingDoubt.NotARefundRequest, "The mail was sent by a machine.", SureOfMachines, notices)
            : Understand(mail, visible, hidden, notices);
    }

    private static Reading Understand(SupportMail mail, string visible, string hidden, List<MailNotice> notices)
    {
        Reply reply = ReplyText.Strip(Cut(visible));
        if (reply.Own.Length == 0)
        {
            return Doubtful(ReadingDoubt.Unreadable, "The mail holds no words of its sender, only quoted or forwarded text.", SureOfMachines, notices);
        }

        string subject = mail.Subject;
        bool ownSubject = !Replies.Any(r => subject.TrimStart().StartsWith(r, StringComparison.OrdinalIgnoreCase));
        IReadOnlyList<IReadOnlyList<Word>> sentences = Words.Sentences(reply.Own);
        IReadOnlyList<Lexicon> lexicons = Languages.Of([.. sentences, .. ownSubject ? Words.Sentences(subject) : []]);
        IReadOnlyList<MoneyMention> amounts = MoneyText.Find(reply.Own, !lexicons.All(l => DecimalPoint.Contains(l.Name)));
        List<SentenceReading> body = [.. sentences.Select(s => SentenceReading.Of(s, amounts, lexicons))];
        SentenceReading? headline = ownSubject && Words.Sentences(subject) is { Count: > 0 } heading ? SentenceReading.Of([.. heading.SelectMany(h => h)], [], lexicons) : null;
        if (body.Any(s => lexicons.Any(l => l.Threats.IsIn(s.Words))))
        {
            notices.Add(MailNotice.ThreatensDispute);
        }

        Wish wish = Wish.Of(body, headline, lexicons);
        if (!wish.IsRefund)
        {
            return Doubtful(wish.Doubt, wish.Why, wish.Confidence, notices);
        }

        if ((Suspect(mail, notices, reply.Own) ?? Suspicion.Why($"{subject}\n\n{Cut(visible)}") ?? Suspicion.Why(Cut(hidden)) ?? Suspicion.Why(body)) is { } why)
        {
            return Doubtful(ReadingDoubt.Unsure, why, wish.Confidence, notices);
        }

        if (PaidAmount.IsExceeded(body, amounts))
        {
            return Doubtful(ReadingDoubt.Unsure, "More is asked for than the mail says was paid.", wish.Confidence, notices);
        }

        AskedAmount asked = AskedAmount.In(reply.Own, body, amounts, lexicons);
        return new Reading.RefundRequest(References(subject, reply), asked.Part, asked.Total, RefundReasons.Of(body, lexicons), wish.Confidence, ReadBy, notices);
    }

    private static IReadOnlyList<string> References(string subject, Reply reply)
    {
        IReadOnlyList<string> own = OrderReferences.Find($"{reply.Own}\n\n{subject}");
        return own.Count > 0 ? own : OrderReferences.Find(reply.Quoted);
    }

    private static List<MailNotice> SenderNoticesOf(SupportMail mail, bool cut)
    {
        List<MailNotice> notices = [];
        if (SenderNotices.LooksLikeAnother(mail.From))
        {
            notices.Add(MailNotice.LookAlikeAddress);
        }

        if (SenderNotices.RepliesElsewhere(mail))
        {
            notices.Add(MailNotice.ReplyToDiffers);
        }

        if (cut)
        {
            notices.Add(MailNotice.Truncated);
        }

        return notices;
    }

    private static string? Suspect(SupportMail mail, List<MailNotice> notices, string own) =>
        notices.Contains(MailNotice.LookAlikeAddress) ? "The sender's address or name imitates another."
        : notices.Contains(MailNotice.ReplyToDiffers) ? "Replies would go to another address than the sender's."
        : SenderNotices.NamesAnOffice(mail.From.Name) ? "The sender's name is that of an office or no name at all."
        : notices.Contains(MailNotice.Truncated) ? "The mail is too long to be read whole."
        : Payout.IsNamed(mail, own) || Injection.Redirects(own) ? "The money is asked to go elsewhere than it came from."
        : MachineText.IsIn($"{mail.Subject}\n{Cut(mail.Text)}") ? "The mail holds text that no person writes by hand."
        : Scripts.AreMixed(mail.Text) || Scripts.AreDressedUp($"{mail.Subject}\n{mail.Text}") ? "Parts of the mail are written in letters that its other parts are not."
        : Disguise.MixesScripts(own) ? "Words of the mail mix letters of two scripts."
        : null;

    private static bool TalksOfMoney(string hidden) =>
        hidden.Length > 0 && (MoneyText.Find(Cut(hidden), false).Count > 0 || Words.Sentences(Cut(hidden)).Any(s => SentenceReading.Of(s, [], Lexicon.All).Stance is not Stance.Silent));

    private static bool IsMachine(SupportMail mail) =>
        Machines.Any(m => mail.From.Address.StartsWith(m, StringComparison.OrdinalIgnoreCase)) || MachineSubjects.Any(s => mail.Subject.Contains(s, StringComparison.OrdinalIgnoreCase));

    private static string Cut(string text) => text.Length > Words.MostCharacters ? text[..Words.MostCharacters] : text;

    private static Reading.ForAPerson Doubtful(ReadingDoubt doubt, string why, double confidence, IReadOnlyList<MailNotice> notices) => new(doubt, why, confidence, ReadBy, notices);
}
