using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.RegularExpressions;
using OpenAI;
using OpenAI.Chat;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;
using Orchestrator.Connectors.Wire;

namespace Orchestrator.Connectors.Models;

/// <summary>
/// Understands a mail with a model behind an OpenAI-compatible gateway. The rules read it first, for what must never depend on a model: whether it instructs the
/// agent, and what the approver is warned of. The model sees redacted and fenced words; what it says is believed only where the mail says it too; in every doubt
/// a person reads.
/// </summary>
public sealed partial class ModelReading : IMailReading, IDisposable
{
    private const int LongestText = 16_000;

    private readonly ModelOptions _options;
    private readonly ModelWords _words;
    private readonly IMailReading _rules;
    private readonly HttpClient _http = OutsideWire.CreateClient(address: null);

    /// <param name="rules">The reading by rules, which needs no key.</param>
    public ModelReading(ModelOptions options, ModelWords words, IMailReading rules)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _words, _rules) = (options, words, rules);
    }

    public bool UsesModel => true;

    public async Task<Reading> ReadAsync(SupportMail mail, ActCall? call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(call);
        Reading byRules = await _rules.ReadAsync(mail, call: null, cancellationToken);
        if (byRules is Reading.ForAPerson { Doubt: ReadingDoubt.InstructsTheAgent or ReadingDoubt.Unreadable })
        {
            return byRules;
        }

        string text = $"{mail.Subject}\n\n{_words.OwnWords(mail.Text)}";
        bool cut = text.Length > LongestText;
        text = cut ? text[..LongestText] : text;
        IReadOnlyList<MailNotice> notices = NoticesOf(byRules);
        notices = cut && !notices.Contains(MailNotice.Truncated) ? [.. notices, MailNotice.Truncated] : notices;
        RedactedWords redacted = _words.Redact(text, [mail.From.Name, mail.From.Address]);
        FencedText fenced = _words.Fence(redacted.Text);
        Reply reply = await AskAsync(call, fenced, cancellationToken);
        string route = RouteOf(reply.Model);
        call.RoutedTo(route);
        call.Answered(RequestIdShape().IsMatch(reply.Id ?? "") ? reply.Id : null);
        return Judge(reply, text, redacted, route, notices);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Reply> AskAsync(ActCall call, FencedText fenced, CancellationToken cancellationToken)
    {
        var client = new ChatClient(_options.Model, new ApiKeyCredential(OutsideWire.Visible(call.Key)), new OpenAIClientOptions
        {
            Endpoint = new Uri(_options.BaseAddress.AbsoluteUri.TrimEnd('/')),
            Transport = new HttpClientPipelineTransport(_http),
            // The orchestration retries, and records that it did.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = _options.Timeout,
        });
        try
        {
            ChatCompletion completion = await client.CompleteChatAsync(
                [new SystemChatMessage(ModelPrompt.System(fenced.Mark)), new UserChatMessage(fenced.Text)],
                new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(ModelPrompt.SchemaName, BinaryData.FromString(ModelPrompt.Schema), jsonSchemaIsStrict: true) },
                cancellationToken);

            // Read inside the try: the client finds out here that an answer has no choices.
            bool whole = completion.FinishReason == ChatFinishReason.Stop && string.IsNullOrEmpty(completion.Refusal);
            return new(completion.Id, completion.Model, whole ? string.Concat(completion.Content.Select(part => part.Text)) : null);
        }
        catch (ClientResultException exception)
        {
            throw Failure(call.Key, exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The client throws whatever its parser throws at an answer that is none; all of it means the same here.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // Without the inner message, which may repeat what was sent or received.
            throw new TransientFailureException($"The model gateway at {_options.BaseAddress.Host} gave no answer that can be read ({exception.GetType().Name}).", "unreadable_answer");
        }
    }

    private Reading Judge(Reply reply, string text, RedactedWords redacted, string route, IReadOnlyList<MailNotice> notices)
    {
        if (reply.Content is null || ModelAnswer.Parse(reply.Content) is not { } answer)
        {
            return Person(ReadingDoubt.Unsure, "The model gave no answer in the form that was asked for.", 0);
        }

        if (answer.InstructsTheReader)
        {
            return Person(ReadingDoubt.InstructsTheAgent, "The mail speaks to the agent instead of the shop.", answer.Confidence);
        }

        if (answer.Confidence < _options.LeastConfidence)
        {
            return Person(ReadingDoubt.Unsure, "The model is not sure what the mail asks for.", answer.Confidence);
        }

        if (!answer.IsRefundRequest)
        {
            return Person(ReadingDoubt.NotARefundRequest, "The mail does not ask for a refund.", answer.Confidence);
        }

        Money? total = StatedAmounts.Find(text, answer.TotalAmount, answer.TotalCurrency);
        Money? part = StatedAmounts.Find(text, answer.PartAmount, answer.PartCurrency);
        if (answer.PartAmount is not null && part is null)
        {
            return Person(ReadingDoubt.Unsure, "A part of a payment is asked for, but which amount is meant does not stand in the mail beyond doubt.", answer.Confidence);
        }

        if (part is { } smaller && total is { } whole && (smaller.Currency != whole.Currency || smaller >= whole))
        {
            return Person(ReadingDoubt.Unsure, "The amount asked for and the total in the mail contradict each other.", answer.Confidence);
        }

        return new Reading.RefundRequest(ReferencesIn(text, answer.References, redacted), part, total, answer.Reason, answer.Confidence, route, notices);

        Reading.ForAPerson Person(ReadingDoubt doubt, string why, double confidence) => new(doubt, why, confidence, route, notices);
    }

    /// <summary>Only what stands in the mail, letter by letter, and looks like a reference: it goes into history, so nothing personal may pass.</summary>
    private static List<string> ReferencesIn(string text, IReadOnlyList<string> references, RedactedWords redacted) =>
        [.. references.Select(reference => redacted.Restore(reference.Trim()).TrimStart('#'))
            .Where(reference => ReferenceShape().IsMatch(reference) && reference.Any(char.IsAsciiDigit) && text.Contains(reference, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase)];

    private OutsideFailureException Failure(KeyLease key, ClientResultException exception)
    {
        PipelineResponse? response = exception.GetRawResponse();
        string? requestId = response?.Headers.TryGetValue("x-request-id", out string? id) == true ? id : null;
        string code = exception.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string host = _options.BaseAddress.Host;
        return exception.Status switch
        {
            401 or 403 => new PermanentFailureException($"The model gateway at {host} does not accept key '{key.Name}' (version {key.Version}) for model '{_options.Model}'. Store a valid virtual key as a new version.", code, requestId),
            404 => new PermanentFailureException($"The model gateway at {host} knows no model '{_options.Model}', or Model:BaseAddress is not its address (it usually ends in /v1).", code, requestId),
            0 or 408 or 409 or 429 or >= 500 => new TransientFailureException($"The model gateway at {host} could not answer ({exception.Status}).", code, requestId) { RetryAfter = RetryAfter(response) },
            _ => new PermanentFailureException($"The model gateway at {host} refused the request ({exception.Status}). Check that model '{_options.Model}' supports structured output.", code, requestId),
        };
    }

    private static TimeSpan? RetryAfter(PipelineResponse? response) =>
        response?.Headers.TryGetValue("Retry-After", out string? value) == true && int.TryParse(value, out int seconds) && seconds >= 0 ? TimeSpan.FromSeconds(seconds) : null;

    private string RouteOf(string? answered) => $"{(ModelShape().IsMatch(answered ?? "") ? answered : _options.Model)}@{_options.BaseAddress.Authority}";

    private static IReadOnlyList<MailNotice> NoticesOf(Reading reading) => reading switch
    {
        Reading.RefundRequest request => request.Notices,
        Reading.ForAPerson person => person.Notices,
        _ => [],
    };

    /// <param name="Content">Null when the model refused or was cut off.</param>
    private sealed record Reply(string? Id, string? Model, string? Content);

    [GeneratedRegex(@"^[\p{L}\p{Nd}_./-]{1,60}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ReferenceShape();

    [GeneratedRegex(@"^[A-Za-z0-9._:/-]{1,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ModelShape();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RequestIdShape();
}
