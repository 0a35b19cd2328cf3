using System.Text.RegularExpressions;

namespace Orchestrator.Agents.Mail;

/// <summary>What customers are told, before an approver edits it. <c>{customer}</c>, <c>{amount}</c> and <c>{date}</c> are filled in when it is sent.</summary>
public static partial class CustomerMails
{
    public const string Customer = "{customer}";
    public const string Amount = "{amount}";

    /// <summary>By when the money should be there: ten business days after the refund.</summary>
    public const string Date = "{date}";

    public static readonly MailDraft Refunded = new(
        "Your refund of {amount}",
        """
        Hello {customer},

        we have refunded {amount} to the card or account you paid with. Your bank should show it by {date}.

        If it is not there by then, reply to this mail and we will look into it.

        Kind regards
        Customer support
        """);

    /// <summary>Goes out first where Stripe has not settled the refund yet. It promises no day, because nobody knows one.</summary>
    public static readonly MailDraft OnItsWay = new(
        "Your refund of {amount} is on its way",
        """
        Hello {customer},

        your refund of {amount} to the card or account you paid with is on its way. It has not gone through yet; we will write to you again as soon as it has.

        Kind regards
        Customer support
        """);

    public static readonly MailDraft AskForCharge = new(
        "Which payment is your refund request about?",
        """
        Hello {customer},

        thank you for your message. We could not tell which payment you mean. Please reply with the order number, or with the date and the amount of the payment.

        If you paid with another mail address than this one, please write to us from that address.

        Kind regards
        Customer support
        """);

    public static readonly MailDraft Denied = new(
        "Your refund request",
        """
        Hello {customer},

        thank you for your message. We looked into your request carefully and are not able to refund this payment.

        If you think that we missed something, reply to this mail and tell us more.

        Kind regards
        Customer support
        """);

    /// <param name="explanation">A whole sentence.</param>
    public static MailDraft Declined(string explanation) => new(
        "Your refund request",
        $"""
        Hello {Customer},

        thank you for your message. We are not able to refund this payment. {explanation}

        If you think that we missed something, reply to this mail and tell us more.

        Kind regards
        Customer support
        """);

    /// <summary>Fills in what is personal, in one pass: what is filled in is never looked through for placeholders. A customer without a known name is greeted without one.</summary>
    public static MailDraft Fill(MailDraft draft, string? customer, string? amount, string? date)
    {
        ArgumentNullException.ThrowIfNull(draft);
        string Filled(string text) => Placeholder().Replace(text, found => found.Groups["name"].Value switch
        {
            "customer" => string.IsNullOrWhiteSpace(customer) ? "" : found.Groups["space"].Value + customer,
            "amount" => found.Groups["space"].Value + amount,
            _ => found.Groups["space"].Value + date,
        });
        return new(Filled(draft.Subject).ReplaceLineEndings(" "), Filled(draft.Body));
    }

    [GeneratedRegex(@"(?<space> ?)\{(?<name>customer|amount|date)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
