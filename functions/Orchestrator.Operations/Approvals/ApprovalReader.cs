using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Payments;
using Orchestrator.Operations.Answers;
using Orchestrator.Operations.Cases;
using Orchestrator.Operations.Layout;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations.Approvals;

/// <summary>Collects what the approver's page shows. Reads only.</summary>
internal sealed class ApprovalReader(IApprovalStore store, ICaseFiles files, CaseBoard board, People people, Visitors visitors, TimeProvider clock)
{
    /// <summary>Null when there is no such approval.</summary>
    public async Task<ApprovalView?> ReadAsync(string approvalId, HttpContext context, CancellationToken cancellationToken) =>
        await store.FindAsync(approvalId, cancellationToken) is { } round ? await ReadAsync(round, context, cancellationToken) : null;

    public async Task<ApprovalView> ReadAsync(ApprovalRound round, HttpContext context, CancellationToken cancellationToken)
    {
        string caseId = round.Proposal.CaseId;
        CaseFile? file = await files.FindAsync(caseId, cancellationToken);
        IReadOnlyList<ApprovalRound> rounds = await store.ListAsync(caseId, cancellationToken);
        List<CaseView> earlier = [];
        if (file is not null)
        {
            foreach (string id in (await files.ListBySenderAsync(file.First.From.Address, caseId, cancellationToken)).Take(10))
            {
                if (await board.FindAsync(id, cancellationToken) is { } one)
                {
                    earlier.Add(one);
                }
            }
        }

        return new(
            round,
            Wording.State(round, clock.GetUtcNow()),
            MayNot(round, context.User, file),
            await board.FindAsync(caseId, cancellationToken),
            file?.CustomerName ?? file?.First.From.Name,
            file?.Messages ?? [],
            earlier,
            [.. rounds.Where(other => other.Proposal.ApprovalId != round.Proposal.ApprovalId)],
            clock.GetUtcNow(),
            visitors.Of(context)!,
            visitors.Token(context))
        {
            Strangers = await files.ListStrangersAsync(caseId, cancellationToken),
            Beyond = file?.Beyond ?? 0,
            NewestBeyond = file?.NewestBeyond ?? [],
            SameCharge = await SameChargeAsync(round.Proposal, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<Proposal>> SameChargeAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        HashSet<ChargeId> charges = [.. proposal.Charges.Select(option => option.Charge)];
        return charges.Count == 0
            ? []
            : [.. (await store.ListAsync(null, cancellationToken)).Select(round => round.Proposal).Where(IsAboutThem)];

        bool IsAboutThem(Proposal other) => other.CaseId != proposal.CaseId && other.Charges.Any(option => charges.Contains(option.Charge));
    }

    /// <summary>Why this visitor could not decide now, in words; null when they could.</summary>
    public ErrorModel? MayNot(ApprovalRound round, ClaimsPrincipal visitor, CaseFile? file)
    {
        if (people.From(visitor) is not { } person)
        {
            return new("This token only reads", "Decisions need a signed-in person.", "Sign in with 'POST /api/signin', or decide on the page.");
        }

        if (!people.Is(Role.Approver, visitor))
        {
            return new(
                "You do not approve",
                $"You are signed in as {person.Id}, and the settings give none of your groups the role of an approver.",
                "Ask whoever keeps the settings, or somebody who may.");
        }

        // The desk's own rules, asked with a denial that lacks nothing: whatever they refuse, they refuse the person or the moment.
        var probe = new Vote(person, VoteKind.Deny, null, null, "probe", null, false, clock.GetUtcNow());
        IReadOnlyList<string> requesters = file?.Requesters ?? [];
        if (ApprovalRules.Refuse(round, probe, requesters) is not { } refusal)
        {
            return null;
        }

        Problem problem = RefusalWords.Of(refusal, round);
        return new(problem.Title, problem.Detail, problem.NextStep);
    }
}
