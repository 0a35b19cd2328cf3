using System.Security.Claims;

namespace Orchestrator.Operations.SignIn;

/// <summary>What every way of signing in says about a person, in the same claims.</summary>
internal static class OperationsClaims
{
    public const string Id = "orchestrator:id";
    public const string Name = "orchestrator:name";
    public const string Group = "orchestrator:group";

    /// <summary>An address that sign-in names beside the id; see <c>Person.Addresses</c>.</summary>
    public const string Address = "orchestrator:address";

    /// <summary>Present on the operator token's principal, which is no person.</summary>
    public const string Machine = "orchestrator:machine";

    public static ClaimsPrincipal Person(string scheme, string id, string name, IEnumerable<string> groups, IEnumerable<string>? addresses = null)
    {
        var identity = new ClaimsIdentity(scheme, Name, Group);
        identity.AddClaim(new(Id, id));
        identity.AddClaim(new(Name, name));
        identity.AddClaims(groups.Select(group => new Claim(Group, group)));
        identity.AddClaims((addresses ?? []).Select(address => new Claim(Address, address)));
        return new(identity);
    }

    public static ClaimsPrincipal OperatorToken(string scheme)
    {
        var identity = new ClaimsIdentity(scheme, Name, Group);
        identity.AddClaim(new(Machine, "operator"));
        return new(identity);
    }
}
