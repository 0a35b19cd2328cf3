using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Orchestrator.Agents.Approvals;
using Orchestrator.Operations.Layout;

namespace Orchestrator.Operations.SignIn;

/// <summary>Who reads the page, for its head line and its forms.</summary>
internal sealed class Visitors(People people, IAntiforgery antiforgery, OperationsOptions options)
{
    public Visitor? Of(HttpContext context)
    {
        Person? person = people.From(context.User);
        bool canSignOut = options.SignIn is SignInOptions.Development;
        return person is not null ? new(person.Id, person.Name, canSignOut ? Token(context) : null)
            : context.User.Identity?.IsAuthenticated == true ? new("operator-token", "Operator token", null)
            : null;
    }

    public FormToken Token(HttpContext context)
    {
        AntiforgeryTokenSet tokens = antiforgery.GetAndStoreTokens(context);
        return new(tokens.FormFieldName, tokens.RequestToken!);
    }

    /// <summary>Whether a posted form comes from a page that was shown to this visitor. A body that is no form comes from none.</summary>
    public async Task<bool> FormIsOursAsync(HttpContext context)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        catch (Exception unreadable) when (unreadable is AntiforgeryValidationException or InvalidDataException or IOException && !context.RequestAborted.IsCancellationRequested)
        {
            return false;
        }
    }
}
