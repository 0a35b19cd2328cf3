using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Hosting;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Mail;

/// <summary>
/// Email of Azure Communication Services: <c>POST /emails:send</c> and <c>GET /emails/operations/{id}</c>, signed; and
/// the outbox, as a page at the root and as JSON below <c>/_sandbox/mail</c>.
/// </summary>
internal sealed class MailStandIn(Outbox outbox, SandboxClock clock, TimeProvider machine, Credentials credentials, IReadOnlyList<string> linkedDomains) : IStandIn
{
    private static readonly string[] s_apiVersions = ["2023-03-31", "2024-07-01-preview", "2025-01-15-preview", "2025-09-01"];

    // Judged by the machine's clock: a sandbox whose clock was moved ahead must still let its client in.
    private readonly HmacSignature _signature = new(credentials.MailAccessKey, machine);

    public string Name => "mail";

    public void Map(WebApplication app)
    {
        app.MapPost("/emails:send", (RequestDelegate)SendAsync);
        app.MapGet("/emails/operations/{id}", (RequestDelegate)StatusAsync);
        app.MapGet("/", (RequestDelegate)(context => OutboxPage.WriteAsync(context, outbox.Mails)));
        app.MapGet("/_sandbox/mail/messages", (RequestDelegate)(context => Wire.AnswerAsync(context, 200, new JsonObject { ["messages"] = outbox.Describe() })));
        app.MapPost("/_sandbox/mail/suppressed", (RequestDelegate)SuppressAsync);
    }

    /// <summary>The outbox is the host's: SMTP delivers to it too.</summary>
    public void Dispose()
    {
    }

    private async Task SendAsync(HttpContext context)
    {
        if (await Wire.ReadAsync(context, EmailRequest.LargestRequest) is not { } body)
        {
            await RefuseAsync(context, new MailRefusal(413, "RequestEntityTooLarge", "The request exceeds 10 MB."));
            return;
        }

        if (CheckCaller(context, body) is { } refusal)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        if (JsonReading.ParseObject(body) is not { } mail)
        {
            await RefuseAsync(context, new MailRefusal(400, "InvalidRequest", "The request body is not a JSON object."));
            return;
        }

        if (EmailRequest.Check(mail, linkedDomains) is { } wrong)
        {
            await RefuseAsync(context, wrong);
            return;
        }

        if (OperationId(context) is not { } id)
        {
            await RefuseAsync(context, new MailRefusal(400, "InvalidRequest", "Operation-Id must be a UUID."));
            return;
        }

        var sent = outbox.Send(id, "rest", clock.GetUtcNow(), mail);
        string version = context.Request.Query["api-version"].ToString();
        context.Response.Headers["Operation-Location"] = $"{context.Request.Scheme}://{context.Request.Host}/emails/operations/{sent.Id}?api-version={version}";
        context.Response.Headers.RetryAfter = "1";
        await Wire.AnswerAsync(context, 202, new JsonObject { ["id"] = sent.Id, ["status"] = "Running", ["error"] = null });
    }

    private async Task StatusAsync(HttpContext context)
    {
        if (CheckCaller(context, []) is { } refusal)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        if (outbox.Find((string)context.Request.RouteValues["id"]!) is not { } mail)
        {
            await RefuseAsync(context, new MailRefusal(404, "OperationNotFound", "No operation with this id was found."));
            return;
        }

        JsonObject? error = mail.Status == "Succeeded" ? null : new JsonObject
        {
            ["code"] = "EmailDroppedAllRecipientsSuppressed",
            ["message"] = "Message dropped because all recipients were suppressed.",
        };
        await Wire.AnswerAsync(context, 200, new JsonObject { ["id"] = mail.Id, ["status"] = mail.Status, ["error"] = error });
    }

    private async Task SuppressAsync(HttpContext context)
    {
        if ((await Wire.ReadObjectAsync(context))?.Text("address") is not { Length: > 0 } address)
        {
            await Wire.RefuseAsync(context, "address is a text, not empty.");
            return;
        }

        outbox.Suppress(address);
        await Wire.AnswerAsync(context, 200, new JsonObject { ["address"] = address });
    }

    private MailRefusal? CheckCaller(HttpContext context, byte[] body)
    {
        if (_signature.Check(context, body) is { } problem)
        {
            return new MailRefusal(401, "Denied", "Denied by the resource provider. " + problem);
        }

        string version = context.Request.Query["api-version"].ToString();
        return s_apiVersions.Contains(version)
            ? null
            : new MailRefusal(400, "InvalidApiVersionParameter", $"The api-version '{version}' is invalid. The supported versions are '{string.Join(',', s_apiVersions)}'.");
    }

    /// <summary>The caller's id of the operation; without one the Azure repeatability id serves; without both it is new.</summary>
    private static string? OperationId(HttpContext context)
    {
        string given = context.Request.Headers["Operation-Id"].ToString();
        if (given.Length == 0)
        {
            given = context.Request.Headers["Repeatability-Request-ID"].ToString();
        }

        if (given.Length == 0)
        {
            return Guid.NewGuid().ToString();
        }

        return Guid.TryParse(given, out var id) ? id.ToString() : null;
    }

    private static Task RefuseAsync(HttpContext context, MailRefusal refusal)
    {
        context.Response.Headers["x-ms-error-code"] = refusal.Code;
        context.Response.Headers["api-supported-versions"] = string.Join(", ", s_apiVersions);
        return Wire.AnswerAsync(context, refusal.Status, new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message },
        });
    }
}
