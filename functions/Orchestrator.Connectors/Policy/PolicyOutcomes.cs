using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Refunds.Policy;

namespace Orchestrator.Connectors.Policy;

/// <summary>What stands under <c>then</c>: exactly one of decline, hand-over, approval, automatic.</summary>
internal static class PolicyOutcomes
{
    public static PolicyOutcome Read(PolicyNode then, IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        PolicyNode? decline = then.Find("decline");
        PolicyNode? handOver = then.Find("hand-over");
        PolicyNode? approval = then.Find("approval");
        PolicyNode? automatic = then.Find("automatic");
        PolicyNode? otherwise = then.Find("otherwise");
        then.NothingElse();
        if (new[] { decline, handOver, approval, automatic }.Count(outcome => outcome is not null) != 1)
        {
            throw then.Wrong("'then' must have exactly one of decline, hand-over, approval, automatic.");
        }

        if ((automatic is null) != (otherwise is null))
        {
            throw then.Wrong("'automatic' and 'otherwise' go together: 'otherwise' says who approves while the rule is not switched on.");
        }

        return decline is not null ? new PolicyOutcome.Decline(decline.Text())
            : handOver is not null ? new PolicyOutcome.HandOver(handOver.Text())
            : approval is not null ? new PolicyOutcome.Approval(PolicyRequirement.Read(approval, groups))
            : automatic!.Text() == "true" ? new PolicyOutcome.Automatic(PolicyRequirement.Read(otherwise!, groups))
            : throw automatic.Wrong("'automatic' can only be true; for a rule that is not automatic write 'approval'.");
    }
}

/// <summary>Who must agree, and by when: stages, escalation, deadlines.</summary>
internal static class PolicyRequirement
{
    private static readonly TimeSpan DefaultReminder = TimeSpan.FromHours(4);
    private static readonly TimeSpan DefaultEscalation = TimeSpan.FromDays(1);
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromDays(7);

    public static ApprovalRequirement Read(PolicyNode node, IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        PolicyNode list = node.Need("stages");
        IReadOnlyList<ApprovalStage> stages = [.. list.List().Select(item => Stage(item, groups))];
        if (stages.Count == 0)
        {
            throw list.Wrong("'stages' is empty: nobody would have to agree.");
        }

        if (!CanBeMet(stages, groups))
        {
            throw list.Wrong("these stages can never be met: each person counts once, and the groups together have too few people.");
        }

        PolicyNode? escalateTo = node.Find("escalate-to");
        if (escalateTo is not null)
        {
            Known(escalateTo, escalateTo.Text(), groups);
        }

        PolicyNode? remind = node.Find("remind-after");
        PolicyNode? escalate = node.Find("escalate-after");
        TimeSpan deadline = node.Find("deadline")?.Duration() ?? DefaultDeadline;
        TimeSpan remindAfter = remind?.Duration() ?? Least(DefaultReminder, deadline / 2);
        TimeSpan escalateAfter = escalateTo is null ? deadline : escalate?.Duration() ?? Least(DefaultEscalation, deadline / 2);
        node.NothingElse();
        if (remindAfter >= deadline)
        {
            throw remind!.Wrong("'deadline' must be later than 'remind-after'.");
        }

        if (escalateTo is null && escalate is not null)
        {
            throw escalate.Wrong("'escalate-after' needs 'escalate-to'.");
        }

        return escalateTo is null || escalateAfter < deadline
            ? new(stages, escalateTo?.Text(), remindAfter, escalateAfter, deadline)
            : throw escalate!.Wrong("'deadline' must be later than 'escalate-after'.");
    }

    private static ApprovalStage Stage(PolicyNode node, IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        PolicyNode group = node.Need("group");
        PolicyNode count = node.Need("count");
        node.NothingElse();
        int size = Known(group, group.Text(), groups).Count;
        int wanted = count.Number(1, 100);
        return wanted <= size ? new(group.Text(), wanted) : throw count.Wrong($"{wanted} people are wanted, but group '{group.Text()}' has {size}.");
    }

    private static IReadOnlyList<string> Known(PolicyNode node, string group, IReadOnlyDictionary<string, IReadOnlyList<string>> groups) =>
        groups.TryGetValue(group, out IReadOnlyList<string>? members) ? members : throw node.Wrong($"group '{group}' is not known. Known: {string.Join(", ", groups.Keys)}.");

    private static TimeSpan Least(TimeSpan left, TimeSpan right) => left < right ? left : right;

    /// <summary>Whether enough different people exist: a matching of places to people, each place moving on when its person is wanted elsewhere.</summary>
    private static bool CanBeMet(IReadOnlyList<ApprovalStage> stages, IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        IReadOnlyList<string>[] places = [.. stages.SelectMany(stage => Enumerable.Repeat(groups[stage.Group], stage.Count))];
        Dictionary<string, int> placeOf = [];
        return Enumerable.Range(0, places.Length).All(place => Seat(place, []));

        bool Seat(int place, HashSet<string> tried) => places[place].Any(person =>
        {
            if (!tried.Add(person) || (placeOf.TryGetValue(person, out int held) && !Seat(held, tried)))
            {
                return false;
            }

            placeOf[person] = place;
            return true;
        });
    }
}
