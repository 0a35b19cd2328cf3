using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Mail;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Mail;

/// <summary>Mail through Azure Communication Services (learn.microsoft.com/rest/api/communication/email/email/send).</summary>
public sealed class CommunicationServicesMail : IMailSender, ICommunicationServicesWire, IDisposable
{
    private const string Version = "2025-09-01";

    private readonly CommunicationServicesOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;
    private readonly CommunicationServicesHandover _handover;

    public CommunicationServicesMail(CommunicationServicesOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock) = (options, clock);
        _client = OutsideWire.CreateClient(options.Endpoint);
        _handover = new(this, clock);
    }

    public Task<MailReceipt> SendAsync(ActCall call, OutgoingMail mail, CancellationToken cancellationToken) => _handover.SendAsync(call, mail, cancellationToken);

    public void Dispose() => _client.Dispose();

    Task<OutsideAnswer> ICommunicationServicesWire.LookUpAsync(ActCall call, string operation, CancellationToken cancellationToken) =>
        AskAsync(call, HttpMethod.Get, $"emails/operations/{operation}", body: null, operation: null, cancellationToken);

    Task<OutsideAnswer> ICommunicationServicesWire.PostAsync(ActCall call, OutgoingMail mail, CancellationToken cancellationToken) =>
        AskAsync(call, HttpMethod.Post, "emails:send", Message(mail).ToJsonString(), mail.OperationId.ToString(), cancellationToken);

    private async Task<OutsideAnswer> AskAsync(ActCall call, HttpMethod method, string path, string? body, string? operation, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_options.Endpoint, $"./{path}?api-version={Version}"));
        byte[] content = Encoding.UTF8.GetBytes(body ?? "");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        if (operation is not null)
        {
            request.Headers.Add("Operation-Id", operation);
        }

        HmacSigning.Sign(request, content, call.Key, _clock.GetUtcNow());
        return await OutsideWire.SendAsync(_client, request, CommunicationServicesHandover.Who, _options.Timeout, changesTheWorld: method == HttpMethod.Post, cancellationToken);
    }

    private JsonObject Message(OutgoingMail mail)
    {
        var recipient = new JsonObject { ["address"] = mail.To };
        if (!string.IsNullOrWhiteSpace(mail.ToName))
        {
            recipient["displayName"] = mail.ToName;
        }

        return new()
        {
            ["senderAddress"] = _options.Sender,
            ["content"] = new JsonObject { ["subject"] = mail.Subject, ["plainText"] = mail.Text },
            ["recipients"] = new JsonObject { ["to"] = new JsonArray(recipient) },
            ["headers"] = new JsonObject(MailHeaders.OfThread(mail, _options.Sender).Select(header => KeyValuePair.Create(header.Name, (JsonNode?)header.Value))),
            ["userEngagementTrackingDisabled"] = true,
        };
    }
}
