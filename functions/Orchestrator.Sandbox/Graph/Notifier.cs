using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Graph;

/// <summary>Speaks to subscribers, on loopback only: the validation handshake, and notifications tried three times.</summary>
internal sealed class Notifier(string tenant) : IDisposable
{
    private const int Tries = 3;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };

    /// <returns>Why the subscription cannot be, in Graph's words; or null.</returns>
    public async Task<string?> ValidateAsync(Uri url, CancellationToken cancellation)
    {
        string token = $"Validation: Testing client application reachability for subscription Request-Id: {Guid.NewGuid()}";
        string address = url.AbsoluteUri + (url.Query.Length > 0 ? "&" : "?") + "validationToken=" + Uri.EscapeDataString(token);
        try
        {
            using var empty = new StringContent("", Encoding.UTF8, "text/plain");
            using var answer = await _client.PostAsync(new Uri(address), empty, cancellation);
            string echo = await answer.Content.ReadAsStringAsync(cancellation);
            bool plain = answer.Content.Headers.ContentType?.MediaType == "text/plain";
            return answer.StatusCode == HttpStatusCode.OK && plain && echo == token
                ? null
                : "Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.";
        }
        catch (Exception gone) when (gone is HttpRequestException || (gone is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return "Subscription validation request failed. Unable to reach the notification endpoint, or it took longer than 10 seconds.";
        }
    }

    /// <returns>The subscriber's last status, or 0 when there was none.</returns>
    public async Task<int> NotifyAsync(Subscription subscription, JsonObject message, string mailbox, bool wrongClientState, CancellationToken cancellation)
    {
        byte[] body = Encoding.UTF8.GetBytes(Notification(subscription, message, mailbox, wrongClientState).ToJsonString());
        int status = 0;
        for (int i = 0; i < Tries && status is not (>= 200 and < 300); i++)
        {
            try
            {
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
                using var answer = await _client.PostAsync(subscription.NotificationUrl, content, cancellation);
                status = (int)answer.StatusCode;
            }
            catch (Exception gone) when (gone is HttpRequestException || (gone is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                status = 0;
            }
        }

        return status;
    }

    public void Dispose() => _client.Dispose();

    private JsonObject Notification(Subscription subscription, JsonObject message, string mailbox, bool wrongClientState)
    {
        string id = message["id"]!.GetValue<string>();
        string resource = $"Users/{mailbox}/Messages/{id}";
        return new JsonObject
        {
            ["value"] = new JsonArray(new JsonObject
            {
                ["subscriptionId"] = subscription.Id,
                ["subscriptionExpirationDateTime"] = subscription.Expires.UtcDateTime,
                ["changeType"] = "created",
                ["resource"] = resource,
                ["resourceData"] = new JsonObject
                {
                    ["@odata.type"] = "#Microsoft.Graph.Message",
                    ["@odata.id"] = resource,
                    ["@odata.etag"] = message["@odata.etag"]?.DeepClone(),
                    ["id"] = id,
                },
                ["clientState"] = wrongClientState ? "not-" + subscription.ClientState : subscription.ClientState,
                ["tenantId"] = tenant,
            }),
        };
    }
}
