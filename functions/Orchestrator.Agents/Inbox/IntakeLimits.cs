namespace Orchestrator.Agents.Inbox;

/// <summary>
/// What one sender and one case may hold at intake. Beyond it nothing is lost and nothing more is started: a mail is kept with a case that is open, where people see that it
/// is there, and it neither opens a case, nor is read by a model, nor changes what waits for a decision.
/// </summary>
public static class IntakeLimits
{
    /// <summary>Open cases of one sender. Mails that their domain disowns count apart, so that whoever forges an address uses up nothing of its owner's.</summary>
    public const int OpenCasesOfASender = 20;

    /// <summary>Mails that speak in one case.</summary>
    public const int MailsOfACase = 100;

    /// <summary>Letters of all replies together. The first mail is taken whatever its length and counts for nothing here, so that after a long one a short answer is still heard.</summary>
    public const int LettersOfACase = 200_000;

    /// <summary>How many of the mails beyond are shown with their case: the newest.</summary>
    public const int ShownBeyond = 3;

    /// <summary>Whether a reply fits a case that has so many mails already, and replies of so many letters.</summary>
    public static bool Fits(int mails, long letters, SupportMail reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return mails < MailsOfACase && letters + reply.Text.Length <= LettersOfACase;
    }
}
