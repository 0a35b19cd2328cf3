using Microsoft.AspNetCore.Http;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations.Answers;

/// <summary>
/// Guards the API's writes where a browser may carry a sign-in along by itself: another site's page can neither send JSON without asking nor hide where it comes from.
/// Forms are guarded by antiforgery tokens instead.
/// </summary>
internal sealed class SameSite : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpRequest request = context.HttpContext.Request;
        if (request.Headers.Authorization.ToString().StartsWith(TokenSignIn.Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return await next(context);
        }

        string site = request.Headers["Sec-Fetch-Site"].ToString();
        string origin = request.Headers.Origin.ToString();
        bool ours = site is "" or "same-origin" or "none"
            && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)));
        return ours ? await next(context) : Answer.Problem(Problem.NotSameSite);
    }
}
