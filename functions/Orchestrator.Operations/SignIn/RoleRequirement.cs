using Microsoft.AspNetCore.Authorization;

namespace Orchestrator.Operations.SignIn;

internal sealed record RoleRequirement(Role Role) : IAuthorizationRequirement
{
    public static string PolicyName(Role role) => "role-" + role;
}

internal sealed class RoleCheck(People people) : AuthorizationHandler<RoleRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (people.Is(requirement.Role, context.User))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
