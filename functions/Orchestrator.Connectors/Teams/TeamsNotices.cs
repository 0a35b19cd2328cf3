using System.Globalization;
using System.Net.Http.Headers;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Teams;

/// <summary>
/// Cards to a Teams channel through a Workflows webhook, whose address is a secret: whoever has it can post. An accepted card may still not be shown; the receipt
/// is that somebody opens the page.
/// </summary>
public sealed class TeamsNotices : IApprovalNotices, IDisposable
{
    private const string Who = "Teams";

    private readonly TeamsOptions _options;
    private readonly TimeProvider _clock;
    private readonly SendingPace _pace;
    private readonly HttpClient _client = OutsideWire.CreateClient(address: null);

    public TeamsNotices(TeamsOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock) = (options, clock);
        _pace = new SendingPace(options.PerSecond, clock);
    }

    public async Task PostAsync(ActCall call, ApprovalNotice notice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(notice);
        byte[] card = ApprovalCard.Write(notice, _options.PublicAddress);
        Uri webhook = Webhook(call.Key);
        await _pace.WaitAsync($"{notice.Kind} {notice.Path}", notice.Lane, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook)
        {
            Content = new ByteArrayContent(card) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        OutsideAnswer answer = await OutsideWire.SendAsync(_client, request, Who, _options.Timeout, changesTheWorld: true, cancellationToken);
        call.Answered(answer.Header("x-ms-workflow-run-id") ?? answer.Header("x-ms-request-id"));
        Check(call, answer);
    }

    public void Dispose() => _client.Dispose();

    private void Check(ActCall call, OutsideAnswer answer)
    {
        string key = $"'{call.Key.Name}' (version {call.Key.Version})";
        string code = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
        // The older connectors say 200 and put the truth into the text.
        bool limited = (int)answer.Status == 429 || answer.Body.Contains("HTTP error 429", StringComparison.OrdinalIgnoreCase);
        if (limited || (int)answer.Status is 408 or >= 500)
        {
            throw new TransientFailureException(limited ? "Teams is limiting cards." : $"Teams failed with {code}.", limited ? "429" : code, call.RequestId) { RetryAfter = OutsideWire.RetryAfter(answer, _clock) };
        }

        if (answer.IsSuccess)
        {
            return;
        }

        throw (int)answer.Status is 400
            ? new RefusedException("The Teams workflow refused the card. Check that it begins with 'When a Teams webhook request is received' and posts each of the attachments.", code, call.RequestId)
            : new PermanentFailureException($"The Teams workflow at key {key} does not take cards any more ({code}). Make one anew (channel, Workflows, 'Send webhook alerts to a channel') and store its address as a new version of '{call.Key.Name}'.", code, call.RequestId);
    }

    private static Uri Webhook(KeyLease key) =>
        Uri.TryCreate(OutsideWire.Visible(key), UriKind.Absolute, out Uri? webhook) && webhook.UserInfo.Length == 0
            && (webhook.Scheme == Uri.UriSchemeHttps || (webhook.Scheme == Uri.UriSchemeHttp && webhook.IsLoopback))
            ? webhook
            : throw new PermanentFailureException($"The value of key '{key.Name}' (version {key.Version}) is not the https address of a Teams workflow.", "key_malformed");
}
