using System.Security.Claims;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Refunds.Policy;

namespace Orchestrator.Operations.SignIn;

/// <summary>Turns what the edge proved into a person with groups. Groups are the policy file's: by membership, or by a claim of the same name from the edge.</summary>
internal sealed class People(IRefundPolicySource policy, OperationsOptions options)
{
    /// <summary>The signed-in person; null for nobody and for the operator token.</summary>
    public Person? From(ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true || principal.FindFirstValue(OperationsClaims.Id) is not { } id)
        {
            return null;
        }

        IReadOnlyDictionary<string, IReadOnlyList<string>> known = policy.Current().Groups;
        string[] byMembership = [.. known.Where(group => group.Value.Contains(id, StringComparer.OrdinalIgnoreCase)).Select(group => group.Key)];
        IEnumerable<string> byClaim = principal.FindAll(OperationsClaims.Group).Select(claim => claim.Value).Where(known.ContainsKey);
        string[] addresses = [.. principal.FindAll(OperationsClaims.Address).Select(claim => claim.Value)];
        return new(id, principal.FindFirstValue(OperationsClaims.Name) ?? id, [.. byMembership.Union(byClaim).Order(StringComparer.Ordinal)])
        {
            Addresses = addresses.Length == 0 ? null : addresses,
            ListedIn = byMembership.Length == 0 ? null : byMembership,
        };
    }

    /// <summary>Everybody the policy names, for the development sign-in's form.</summary>
    public IReadOnlyList<(string Id, IReadOnlyList<string> Groups)> Known() =>
    [
        .. policy.Current().Groups
            .SelectMany(group => group.Value.Select(member => (Member: member, Group: group.Key)))
            .GroupBy(pair => pair.Member, (member, pairs) => (member, (IReadOnlyList<string>)[.. pairs.Select(pair => pair.Group)]))
            .OrderBy(pair => pair.member, StringComparer.Ordinal),
    ];

    public bool Is(Role role, ClaimsPrincipal principal)
    {
        if (principal.HasClaim(claim => claim.Type == OperationsClaims.Machine))
        {
            return role is Role.Viewer or Role.ApprovalReader;
        }

        return From(principal) is { Groups.Count: > 0 } person && role switch
        {
            Role.Viewer => Within(options.ViewerGroups, person) || Is(Role.Operator, person),
            Role.ApprovalReader => Within(options.ViewerGroups, person) || Within(options.ApproverGroups, person) || Is(Role.Operator, person),
            Role.Approver => Within(options.ApproverGroups, person),
            _ => Is(role, person),
        };
    }

    private bool Is(Role role, Person person) =>
        Within(options.AdministratorGroups ?? options.OperatorGroups, person) || (role == Role.Operator && Within(options.OperatorGroups, person));

    private static bool Within(IReadOnlyList<string>? groups, Person person) => groups is null || groups.Any(person.Groups.Contains);
}

/// <summary>What a request asks for. Who may approve which proposal is said by the policy, not by a role.</summary>
internal enum Role
{
    /// <summary>Reads everything.</summary>
    Viewer,

    /// <summary>Reads approvals, and what was written in their cases.</summary>
    ApprovalReader,

    /// <summary>Decides: a person in some group of the policy, not a token.</summary>
    Approver,

    /// <summary>Suspends, resumes and rewinds cases.</summary>
    Operator,

    /// <summary>Ends and purges cases.</summary>
    Administrator,
}
