using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds.Policy;

namespace Orchestrator.Agents.Approvals;

/// <summary>
/// Where a person decides. The decision is stored together with its audit record, then announced to the orchestration; the announcement is a hint and may be repeated.
/// Refused decisions are on the record too.
/// </summary>
public sealed class ApprovalDesk(IApprovalStore store, ICaseFiles files, IRefundPolicySource policy, IOrchestrationClient orchestrations, TimeProvider clock)
{
    /// <param name="person">From sign-in, never from the body.</param>
    /// <exception cref="ApprovalNotFoundException">No such approval.</exception>
    public async Task<DecisionAnswer> DecideAsync(string approvalId, Person person, DecisionCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(command);
        ApprovalRound seen = await store.FindAsync(approvalId, cancellationToken) ?? throw new ApprovalNotFoundException(approvalId);
        using Activity? span = AgentsTelemetry.Start("approvals.decide", seen.Proposal.CaseId);
        CaseFile? file = await files.FindAsync(seen.Proposal.CaseId, cancellationToken);
        IReadOnlyList<string> requesters = file?.Requesters ?? [];
        var vote = new Vote(person, command.Kind, command.Charge, command.Amount, command.Reason, command.Mail, command.TellCustomer, clock.GetUtcNow());

        IReadOnlyDictionary<string, IReadOnlyList<string>> groups = policy.Current().Groups;
        VoteRefusal? refusal = null;
        ApprovalRound round = await store.ChangeAsync(
            approvalId,
            stored =>
            {
                ApprovalRound current = stored.IsOpen ? ApprovalRules.LetLapse(stored, groups, vote.At) : stored;
                refusal = ApprovalRules.Refuse(current, vote, requesters)
                    ?? (command.MessagesSeen < (file?.Messages.Count ?? 0) && command.Kind == VoteKind.Approve ? VoteRefusal.Stale : null);
                return refusal is null ? ApprovalRules.Count(current, vote) : null;
            },
            standing => RecordOf(standing, vote, refusal),
            cancellationToken);
        if (round.Conclusion is not null)
        {
            try
            {
                await AnnounceAsync(round, cancellationToken);
            }
            catch (Exception unsaid) when (unsaid is not OutOfMemoryException)
            {
                // The decision is stored and counts; heads announce on a clock what was not announced here.
                span?.AddException(unsaid);
            }
        }

        return new(refusal, round);
    }

    /// <summary>Notes that a signed-in person saw the page: the receipt that the card arrived.</summary>
    public async Task<ApprovalRound> NoteOpenedAsync(string approvalId, CancellationToken cancellationToken) =>
        await store.ChangeAsync(approvalId, round => round.FirstOpenedAt is null ? round with { FirstOpenedAt = clock.GetUtcNow() } : null, cancellationToken);

    /// <summary>Announces conclusions that a crash may have kept from their orchestrations. Run once when a head starts, or on a clock.</summary>
    /// <param name="within">Only what was concluded so lately: not every event again each time. Null: all.</param>
    public async Task AnnounceLeftBehindAsync(TimeSpan? within, CancellationToken cancellationToken)
    {
        DateTimeOffset since = within is { } lately ? clock.GetUtcNow() - lately : DateTimeOffset.MinValue;
        foreach (string caseId in await files.ListOpenAsync(cancellationToken))
        {
            foreach (ApprovalRound round in (await store.ListAsync(caseId, cancellationToken)).Where(round => round.Conclusion is { } conclusion && conclusion.At >= since))
            {
                await AnnounceAsync(round, cancellationToken);
            }
        }
    }

    private async Task AnnounceAsync(ApprovalRound round, CancellationToken cancellationToken)
    {
        Proposal proposal = round.Proposal;
        try
        {
            await orchestrations.RaiseEventAsync(proposal.CaseId, CaseIds.ApprovalEvent(proposal.Round), proposal.ApprovalId, eventId: proposal.ApprovalId, cancellationToken);
        }
        catch (InstanceCompletedException)
        {
            // A second click on a case that is done: nothing waits for it.
        }
        catch (InstanceNotFoundException)
        {
            // The case was purged while its page was open.
        }
    }

    private static AuditEntry RecordOf(ApprovalRound round, Vote vote, VoteRefusal? refusal)
    {
        ActArguments arguments = new ActArguments()
            .With("approval", round.Proposal.ApprovalId)
            .With("proposal_sha256", Fingerprint(round.Proposal))
            .With("policy", round.Proposal.Basis.PolicyVersion)
            .With("charge", vote.Charge?.Value)
            .With("amount", vote.Amount?.ToString())
            .With("mail_edited", vote.Mail is null ? "no" : "yes")
            .With("votes", round.Votes.Count.ToString(CultureInfo.InvariantCulture));
        string tool = vote.Kind == VoteKind.Approve ? "approvals.approve" : "approvals.deny";
        string outcome = refusal is { } why ? $"refused: {why}" : "succeeded";
        string[] charges = [.. round.Proposal.Charges.Select(charge => charge.Charge.Value)];
        return new(vote.At, round.Proposal.CaseId, "person/" + vote.By.Id, tool, arguments.ToJson(), charges, null, null, null, null, null, outcome);
    }

    /// <summary>What the person saw, as one hash.</summary>
    private static string Fingerprint(Proposal proposal) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(proposal, AgentsJson.Default.Proposal)));
}

/// <summary>What a person asks for. Carries no identity.</summary>
/// <param name="MessagesSeen">How many of the customer's messages the page showed.</param>
public sealed record DecisionCommand(
    VoteKind Kind,
    int MessagesSeen,
    ChargeId? Charge = null,
    Money? Amount = null,
    string? Reason = null,
    MailDraft? Mail = null,
    bool TellCustomer = true);

/// <param name="Refusal">Null when the vote counted.</param>
/// <param name="Round">The round as it now stands; says who decided.</param>
public sealed record DecisionAnswer(VoteRefusal? Refusal, ApprovalRound Round);
