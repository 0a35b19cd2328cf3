using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Durability;
using Orchestrator.Operations.Answers;
using Orchestrator.Operations.Approvals;
using Orchestrator.Operations.Assets;
using Orchestrator.Operations.AuditTrail;
using Orchestrator.Operations.Cases;
using Orchestrator.Operations.Inbox;
using Orchestrator.Operations.SignIn;
using Orchestrator.Operations.Watching;
using Orchestrator.Operations.Webhooks;

namespace Orchestrator.Operations;

/// <summary>
/// The web surface that both heads serve: approver's page, console, JSON API, intake and webhooks. It takes its ports from dependency injection:
/// <c>IOrchestrationClient</c>, <c>IApprovalStore</c>, <c>ICaseFiles</c>, <c>IAuditLog</c>, <c>ApprovalDesk</c>, <c>InboxIntake</c>, <c>RefundNews</c>, <c>IKeyVault</c>,
/// <c>IRefundPolicySource</c>, <c>TimeProvider</c>, logging, and <c>IMailbox</c> where there is one.
/// </summary>
public static class WebSurface
{
    /// <summary>Everything but health, sign-in, our own style and script, the inbox and the webhooks demands a signed-in member of some group.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services, OperationsOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options);
        services.AddSignIn(options);
        services.AddRazorComponents();
        services.AddAntiforgery(form =>
        {
            form.FormFieldName = "form-token";
            form.HeaderName = null;
            form.Cookie.Name = "orchestrator-form";
            form.Cookie.HttpOnly = true;
            form.Cookie.SameSite = SameSiteMode.Strict;
            form.Cookie.SecurePolicy = options.IsPublicOverHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            form.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(form => form.BufferBodyLengthLimit = form.MultipartBodyLengthLimit = RequestBody.Limit);
        services.AddScoped<CaseBoard>().AddScoped<CaseReader>().AddScoped<CaseOperations>().AddScoped<ApprovalReader>().AddScoped<QueueReader>().AddScoped<AuditReader>();
        services.AddSingleton<ScannerNotes>();
        services.AddScoped(ports => new CaseWatch(
            ports.GetRequiredService<CaseBoard>(),
            ports.GetRequiredService<IApprovalStore>(),
            ports.GetRequiredService<IAuditLog>(),
            ports.GetRequiredService<IOrchestrationClient>(),
            ports.GetRequiredService<TimeProvider>(),
            ports.GetRequiredService<ILogger<CaseWatch>>()));
        return services;
    }

    /// <summary>Builds the pipeline.</summary>
    /// <exception cref="InvalidOperationException">The sign-in that was chosen may not run here; the message says why and what to do.</exception>
    public static void Configure(IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.ApplicationServices.GetRequiredService<OperationsOptions>();
        IServerAddressesFeature? addresses = app.ServerFeatures.Get<IServerAddressesFeature>() ?? app.ApplicationServices.GetService<IServer>()?.Features.Get<IServerAddressesFeature>();
        LoopbackGuard.Check(options, addresses?.Addresses ?? []);
        app.ApplicationServices.GetService<TrustedNetworks>();

        app.UseSecurityHeaders(options.IsPublicOverHttps);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Broken.AnswerAsync,
            StatusCodeSelector = Broken.StatusOf,
            SuppressDiagnosticsCallback = context => Broken.IsExpected(context.Exception),
        });
        if (options.IsPublicOverHttps)
        {
            // Whoever ends https before this server passes requests on in plain: for people, links and cookies they came by https.
            app.Use((context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next(context);
            });
        }

        app.UsePlainPaths();
        app.UseStatusCodePages(context => Answer.WriteAsync(context.HttpContext, Problem.ForStatus(context.HttpContext.Response.StatusCode)));
        app.UseRouting();
        app.UseAuthentication();
        app.Use(async (context, next) =>
        {
            await context.RequestServices.GetRequiredService<ScannerNotes>().NoteAsync(context);
            await next(context);
        });
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseEndpoints(endpoints => Map(endpoints, options));
    }

    private static void Map(IEndpointRouteBuilder endpoints, OperationsOptions options)
    {
        EmbeddedAssets.Map(endpoints);
        SignInEndpoints.Map(endpoints, options);
        ApprovalEndpoints.Map(endpoints);
        CasePages.Map(endpoints);
        AuditPages.Map(endpoints);
        CaseApi.Map(endpoints);
        ApprovalApi.Map(endpoints);
        AuditApi.Map(endpoints);
        InboxEndpoints.Map(endpoints);
        StripeWebhook.Map(endpoints);
        endpoints.MapMethods("/health", [HttpMethods.Get, HttpMethods.Head], () => Answer.Json(new Health("ok"), OperationsJson.Default.Health)).AllowAnonymous();
    }
}

/// <summary>That the server answers; nothing about what it holds.</summary>
internal sealed record Health(string Status);
