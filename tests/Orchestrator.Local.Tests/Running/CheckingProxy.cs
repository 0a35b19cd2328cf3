using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Local.Tests.Running;

/// <summary>Stands before an orchestrator as App Service Authentication does: it knows one person's token, says whose it is, leaves it on the request, and sends everybody else to sign in.</summary>
internal sealed class CheckingProxy : IAsyncDisposable
{
    private const string Whose = "X-Forwarded-Email";

    private readonly WebApplication _app;
    private readonly HttpClient _behind;

    private CheckingProxy(WebApplication app, HttpClient behind) => (_app, _behind) = (app, behind);

    public string Address => _app.Urls.Single();

    public static async Task<CheckingProxy> StartAsync(Uri behind, string token, string person)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var proxy = new CheckingProxy(builder.Build(), new() { BaseAddress = behind });
        proxy._app.Run(context => context.Request.Headers.Authorization == "Bearer " + token ? proxy.PassAsync(context, person) : SendToSignIn(context));
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _behind.Dispose();
    }

    private static Task SendToSignIn(HttpContext context)
    {
        context.Response.Redirect("/.auth/login/aad");
        return Task.CompletedTask;
    }

    private async Task PassAsync(HttpContext context, string person)
    {
        using var request = new HttpRequestMessage(new(context.Request.Method), context.Request.Path + context.Request.QueryString);
        if (HttpMethods.IsPost(context.Request.Method))
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.ContentType = new("application/json");
        }

        _ = request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        _ = request.Headers.TryAddWithoutValidation(Whose, person);
        _ = request.Headers.TryAddWithoutValidation("X-Orchestrator-Signature", context.Request.Headers["X-Orchestrator-Signature"].ToString());
        using HttpResponseMessage answer = await _behind.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
