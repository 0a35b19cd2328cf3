using System.Text.Json.Serialization;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Understanding;

/// <summary>What a mail was understood to ask. Holds no personal data and none of the customer's words: it goes into history.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RefundRequest), "refundRequest")]
[JsonDerivedType(typeof(ForAPerson), "forAPerson")]
public abstract record Reading
{
    private Reading()
    {
    }

    /// <summary>The customer asks for money back.</summary>
    /// <param name="References">Order numbers and Stripe ids as written, most likely first; may be empty.</param>
    /// <param name="Part">Set only when a part of a charge is asked for.</param>
    /// <param name="StatedTotal">The total of the whole charge where the mail states it; helps to find the charge, is no amount to refund by itself.</param>
    /// <param name="Confidence">0 to 1.</param>
    /// <param name="ReadBy"><c>rules</c>, or the model's route.</param>
    /// <param name="Notices">What the approver must see beside it.</param>
    public sealed record RefundRequest(
        IReadOnlyList<string> References,
        Money? Part,
        Money? StatedTotal,
        RefundReason Reason,
        double Confidence,
        string ReadBy,
        IReadOnlyList<MailNotice> Notices) : Reading;

    /// <summary>Not a refund request, or not surely one: a person takes it.</summary>
    /// <param name="Why">One plain sentence in our words, without the customer's.</param>
    public sealed record ForAPerson(ReadingDoubt Doubt, string Why, double Confidence, string ReadBy, IReadOnlyList<MailNotice> Notices) : Reading;
}

public enum ReadingDoubt
{
    Unsure,
    NotARefundRequest,
    InstructsTheAgent,
    Unreadable,
    ModelUnavailable,
}

/// <summary>Why the customer wants the money back, as far as the mail says.</summary>
public enum RefundReason
{
    NotStated,
    NotReceived,
    Defective,
    NotAsDescribed,
    Duplicate,
    WrongAmount,
    Cancelled,
    Returned,
    ChangedMind,
    Unrecognised,
}

/// <summary>Something about a mail that an approver should know.</summary>
public enum MailNotice
{
    /// <summary>It contains text addressed to the agent or pretending to be an approval or a system message.</summary>
    InstructsTheAgent,

    /// <summary>The sender's address or name imitates another (look-alike letters, mixed scripts).</summary>
    LookAlikeAddress,

    /// <summary>Replies would go elsewhere than to the sender.</summary>
    ReplyToDiffers,

    /// <summary>It mentions a chargeback, a bank or legal steps.</summary>
    ThreatensDispute,

    /// <summary>It was cut because it was too long to be read whole.</summary>
    Truncated,

    /// <summary>The sender's domain disowns it: SPF, DKIM or DMARC failed where the mail was received.</summary>
    SenderDisowned,

    /// <summary>No mail server takes the sender's address as it is written.</summary>
    CannotBeAnswered,
}
