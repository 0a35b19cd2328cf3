using System.Globalization;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents.Refunds;

/// <summary>Validates the charges and applies the policy to each. Pure.</summary>
public static class RefundAssessor
{
    public static Assessment Assess(RefundPolicy policy, PolicyQuestion question)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(question);
        if (question.Candidates.Count == 0)
        {
            var none = new DecisionBasis(policy.Version, policy.Hash, "no-payment-fits", [new("payments that fit", "at least 1", "0")]);
            return new(new RefundDecision.HandOver(none, "No payment of this customer fits the request."), [], About(question), Warnings(question), policy.Replies);
        }

        List<(ChargeOption Option, RefundDecision Decision)> judged = [.. question.Candidates.Select(facts => Judge(policy, question, facts))];
        List<(ChargeOption Option, RefundDecision Decision)> payable = [.. judged.Where(one => one.Decision is RefundDecision.NeedsApproval or RefundDecision.Automatic)];
        RefundDecision decision = payable.Count switch
        {
            0 => judged[0].Decision,
            1 => payable[0].Decision,
            _ => payable.Select(one => Strictest(policy, one.Decision)).MaxBy(one => one.Requirement.Stages.Sum(stage => stage.Count))!,
        };
        return new(
            decision,
            [.. (payable.Count > 0 ? payable : judged).Select(one => one.Option)],
            [.. About(payable.Count == 1 || judged.Count == 1 ? Single(question, payable.Count == 1 ? payable[0].Option : judged[0].Option) : null, question), .. About(question)],
            Warnings(question),
            policy.Replies);
    }

    private static (ChargeOption Option, RefundDecision Decision) Judge(RefundPolicy policy, PolicyQuestion question, ChargeFacts facts)
    {
        ChargeRecord charge = facts.Charge;
        Money wanted = Wanted(question, charge);
        var option = new ChargeOption(charge.Id, charge.Amount, charge.AmountRefunded, wanted, charge.Remaining - wanted, charge.Method, charge.Created, charge.Risk);
        DecisionBasis Because(string rule, string condition, string threshold, string value) => new(policy.Version, policy.Hash, rule, [new(condition, threshold, value)]);
        RefundDecision decision = charge switch
        {
            { Status: not ChargeStatus.Succeeded } or { Captured: false } =>
                new RefundDecision.HandOver(Because("charge-not-paid", "charge status", "Succeeded and captured", charge.Status.ToString()), NotPaid(charge)),
            _ when facts.Dispute == DisputeState.Chargeback =>
                new RefundDecision.HandOver(Because("charge-disputed", "dispute", "none or an inquiry", "chargeback"), $"Charge {charge.Id} is disputed at the bank; a refund on top would pay twice."),
            { Remaining.MinorUnits: <= 0 } =>
                new RefundDecision.Decline(Because("already-refunded", "left to refund", "more than nothing", charge.Remaining.ToString()), AlreadyRefunded(facts), policy.Replies),
            _ when StatedCurrency(question) is { } stated && stated != charge.Amount.Currency =>
                new RefundDecision.HandOver(Because("currency-differs", "currency", charge.Amount.Currency.ToString(), stated.ToString()), $"The mail speaks of {stated}, charge {charge.Id} was paid in {charge.Amount.Currency}."),
            _ => policy.Decide(
                new(question.Now, wanted, charge.Amount, charge.Created, question.Request.Reason, charge.Risk, facts.Dispute, question.EarlierRefunds)
                {
                    Caution = Warnings(question) is [{ } first, ..] ? first : null,
                }),
        };
        return (option, decision);
    }

    /// <summary>What an approver set, else the part asked for, else all; never more than what is left.</summary>
    private static Money Wanted(PolicyQuestion question, ChargeRecord charge)
    {
        Money? wanted = question.Amount ?? question.Request.Part;
        return wanted is { } amount && amount.Currency == charge.Amount.Currency && amount < charge.Remaining ? amount : charge.Remaining;
    }

    private static Currency? StatedCurrency(PolicyQuestion question) => question.Amount is null ? question.Request.Part?.Currency : null;

    private static RefundDecision.NeedsApproval Strictest(RefundPolicy policy, RefundDecision decision) =>
        decision as RefundDecision.NeedsApproval ?? new RefundDecision.NeedsApproval(decision.Basis, policy.Replies);

    private static string NotPaid(ChargeRecord charge) => charge switch
    {
        { Status: ChargeStatus.Pending } =>
            $"Charge {charge.Id} of {charge.Amount} is still processing since {Day(charge.Created)}, so there is nothing to refund yet. "
            + "Look again once Stripe says whether it succeeded.",
        { Status: ChargeStatus.Succeeded } =>
            $"Charge {charge.Id} of {charge.Amount} is authorized and not captured: nothing was paid yet. Cancel the payment at Stripe instead of refunding it"
            + (charge.CaptureBefore is { } end ? $"; by itself the authorization ends on {Day(end)}." : "."),
        { Status: ChargeStatus.Failed } => $"Charge {charge.Id} of {charge.Amount} failed on {Day(charge.Created)}: nothing was paid, so there is nothing to refund.",
        _ => $"Charge {charge.Id} was not paid, so there is nothing to refund.",
    };

    private static string Day(DateTimeOffset at) => at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string AlreadyRefunded(ChargeFacts facts)
    {
        RefundRecord? last = facts.Refunds.Where(refund => refund.Status is RefundStatus.Succeeded or RefundStatus.Pending).MaxBy(refund => refund.Created);
        return last is null
            ? $"Our records show that this payment of {facts.Charge.Amount} has been refunded in full already."
            : $"Our records show that this payment of {facts.Charge.Amount} was refunded in full on {Day(last.Created)}. Banks usually need 5 to 10 business days to show it.";
    }

    private static IEnumerable<string> Amounts(PolicyQuestion question) =>
        from facts in question.Candidates
        where question.Amount is null && question.Request.Part is { } part && part.Currency == facts.Charge.Amount.Currency && part > facts.Charge.Remaining
        select $"The mail asks for {question.Request.Part}, but only {facts.Charge.Remaining} is left on {facts.Charge.Id}.";

    private static ChargeFacts Single(PolicyQuestion question, ChargeOption option) => question.Candidates.First(one => one.Charge.Id == option.Charge);

    private static IEnumerable<Fact> About(ChargeFacts? facts, PolicyQuestion question)
    {
        if (facts is null)
        {
            return [];
        }

        string source = $"Stripe {facts.Charge.Id}";
        return
        [
            new("Charge age", $"{(int)(question.Now - facts.Charge.Created).TotalDays} days", source),
            new("Risk", facts.Charge.Risk.ToString(), source),
            new("Dispute", Dispute(facts), source),
            new("Refunds on this charge", facts.Refunds.Count.ToString(CultureInfo.InvariantCulture), source),
        ];
    }

    private static string Dispute(ChargeFacts facts) =>
        facts.Dispute == DisputeState.None && facts.Disputes.Where(dispute => dispute.Status == "won").MaxBy(dispute => dispute.Created) is { } won
            ? $"none open; one of {won.Amount} from {Day(won.Created)} was won"
            : facts.Dispute.ToString();

    private static IReadOnlyList<Fact> About(PolicyQuestion question) =>
    [
        new("Refunds to this customer, 365 days", question.EarlierRefunds.Count(at => at > question.Now.AddDays(-365)).ToString(CultureInfo.InvariantCulture), "Stripe refunds"),
        new("Active subscriptions", question.ActiveSubscriptions.ToString(CultureInfo.InvariantCulture), "Stripe subscriptions"),
        new("Earlier cases", question.EarlierCases.Count.ToString(CultureInfo.InvariantCulture), "case files"),
        new("Reason", question.Request.Reason.ToString(), "mail, read by " + question.Request.ReadBy),
        new("References", question.Request.References.Count == 0 ? "none" : string.Join(", ", question.Request.References), "mail, read by " + question.Request.ReadBy),
    ];

    private static IReadOnlyList<string> Warnings(PolicyQuestion question) =>
        [.. question.Notices, .. question.Request.Notices.Select(Sentence), .. Amounts(question), .. question.Candidates.Select(PassedOn).OfType<string>()];

    private static string? PassedOn(ChargeFacts facts) => facts.Charge.PassedOnTo is { } account
        ? $"The money of {facts.Charge.Id} was passed on to the connected account {account}. "
            + "A refund is paid from your own balance: it takes neither the transfer nor the application fee back."
        : null;

    private static string Sentence(MailNotice notice) => notice switch
    {
        MailNotice.InstructsTheAgent => "The mail contains text addressed to the agent. It was not followed.",
        MailNotice.LookAlikeAddress => "The sender's address imitates another one. Compare it letter by letter.",
        MailNotice.ReplyToDiffers => "Replies to this mail would go to another address than the sender's. Our mail goes to the sender.",
        MailNotice.ThreatensDispute => "The customer speaks of a chargeback or legal steps.",
        MailNotice.Truncated => "The mail was too long and was read only in part.",
        MailNotice.SenderDisowned => "The domain of the sender's address disowns this mail: somebody else may have written it. Ask the customer another way before money moves.",
        MailNotice.CannotBeAnswered => "The sender's address cannot be answered by mail. After the refund a person has to tell the customer another way.",
        _ => notice.ToString(),
    };
}
