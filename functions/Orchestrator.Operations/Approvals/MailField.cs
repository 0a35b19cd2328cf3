using System.Text.RegularExpressions;
using Orchestrator.Agents.Mail;

namespace Orchestrator.Operations.Approvals;

/// <summary>The mail as an approver left it: one line of subject, a body, and no placeholder that nothing fills.</summary>
internal static partial class MailField
{
    public const int LongestSubject = 200;
    public const int LongestBody = 10_000;

    private static readonly string[] Placeholders = ["{customer}", "{amount}", "{date}"];

    /// <summary>The edited mail, null when it says what was proposed, or a sentence that says what is wrong.</summary>
    public static (MailDraft? Edited, string? Wrong) Read(MailDraft? proposed, string? subject, string? body)
    {
        if (subject is null && body is null)
        {
            return (null, null);
        }

        var mail = new MailDraft((subject ?? proposed?.Subject ?? "").Trim(), Lines(body ?? proposed?.Body ?? "").Trim());
        if (proposed is not null && mail.Subject == proposed.Subject.Trim() && mail.Body == Lines(proposed.Body).Trim())
        {
            return (null, null);
        }

        string? unknown = Braces().Matches(mail.Subject + "\n" + mail.Body).Select(match => match.Value).FirstOrDefault(found => !Placeholders.Contains(found));
        string? wrong = mail switch
        {
            { Subject.Length: 0 } => "The mail needs a subject.",
            { Body.Length: 0 } => "The mail needs a text.",
            { Subject.Length: > LongestSubject } => $"The subject is longer than {LongestSubject} letters.",
            { Body.Length: > LongestBody } => $"The mail is longer than {LongestBody} letters.",
            _ when mail.Subject.Any(char.IsControl) => "The subject has to be one line.",
            _ when mail.Body.Any(letter => char.IsControl(letter) && letter is not '\n' and not '\t') => "The mail contains letters that can't be sent.",
            _ when unknown is not null => $"Nothing fills the placeholder {unknown}. Known are {string.Join(", ", Placeholders)}.",
            _ => null,
        };
        return wrong is null ? (mail, null) : (null, wrong);
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    [GeneratedRegex(@"\{[^{}\s]{1,40}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();
}
