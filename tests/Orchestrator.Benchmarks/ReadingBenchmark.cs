using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Understanding;
using Orchestrator.Agents.Understanding.Rules;
using Orchestrator.Connectors.Mailbox;

namespace Orchestrator.Benchmarks;

/// <summary>Whole mails with what should be understood. Expectations that are null are not scored.</summary>
internal static class ReadingBenchmark
{
    public static Dictionary<string, object?> Measure(FileInfo file, bool misses)
    {
        Score score = new();
        foreach (MailCase item in JsonLines.Read<MailCase>(file))
        {
            try
            {
                score.Add(item, RuleReading.Read(item.Message.ToMail()));
            }
#pragma warning disable CA1031 // an error in one mail is a figure of the report, whatever it is
            catch (Exception e)
#pragma warning restore CA1031
            {
                score.AddError(item, e);
            }
        }

        return score.Results(misses);
    }

    private sealed class Score
    {
        private readonly Dictionary<string, List<string>> _misses = [];
        private readonly Dictionary<string, (int Right, int Asked)> _shares = new() { ["amount_exact"] = default, ["currency_exact"] = default, ["reference_exact"] = default };
        private int _rightly;
        private int _wrongly;
        private int _missed;
        private int _acted;
        private int _errors;

        public void Add(MailCase item, Reading reading)
        {
            Reading.RefundRequest? request = reading as Reading.RefundRequest;
            if (item.Expected.MustNotActAutomatically == true && request is not null)
            {
                _acted++;
                Miss("acted_on", item.Id);
            }

            if (item.Expected.IsRefundRequest is { } refund)
            {
                (_rightly, _wrongly, _missed) = (refund, request is not null) switch
                {
                    (true, true) => (_rightly + 1, _wrongly, _missed),
                    (false, true) => (_rightly, _wrongly + 1, _missed),
                    (true, false) => (_rightly, _wrongly, _missed + 1),
                    _ => (_rightly, _wrongly, _missed),
                };
                if (refund != request is not null)
                {
                    Miss("kind", item.Id);
                }
            }

            if (request is not null)
            {
                ScoreFacts(item, request);
            }
            else if (item.Expected.IsRefundRequest == true && item.Expected.MustNotActAutomatically != true)
            {
                // What was not read is not exact.
                Count("amount_exact", item.Expected.AmountMinor is null && item.Expected.ChargeTotalMinor is null ? null : false, item.Id);
                Count("currency_exact", item.Expected.Currency is null ? null : false, item.Id);
                Count("reference_exact", item.Expected.References is null ? null : false, item.Id);
            }
        }

        public void AddError(MailCase item, Exception error)
        {
            _errors++;
            Miss("errors", $"{item.Id}: {error.GetType().Name}");
        }

        public Dictionary<string, object?> Results(bool misses)
        {
            double? precision = Report.Share(_rightly, _rightly + _wrongly);
            double? recall = Report.Share(_rightly, _rightly + _missed);
            Dictionary<string, object?> results = new() { ["precision"] = precision, ["recall"] = recall, ["f1"] = Report.F1(precision, recall) };
            foreach ((string name, (int right, int asked)) in _shares)
            {
                results[name] = Report.Share(right, asked);
            }

            results["acted_on_that_must_not_be"] = _acted;
            results["errors"] = _errors;
            return misses ? new(results) { ["misses"] = _misses } : results;
        }

        /// <summary>A part must be that part. For a whole charge, no amount and its stated total are both right.</summary>
        private void ScoreFacts(MailCase item, Reading.RefundRequest request)
        {
            Expected expected = item.Expected;
            long? part = request.Part?.MinorUnits;
            long? total = request.StatedTotal?.MinorUnits;
            Count(
                "amount_exact",
                expected.AmountMinor is { } amount ? part == amount
                : expected.ChargeTotalMinor is { } charge ? (part is null || part == charge) && (total is null || total == charge)
                : null,
                item.Id);
            Currency? currency = (request.Part ?? request.StatedTotal)?.Currency;
            Count("currency_exact", expected.Currency is null ? null : currency is not null && string.Equals(currency.Value.Code, expected.Currency, StringComparison.OrdinalIgnoreCase), item.Id);
            Count("reference_exact", expected.References is null ? null : Same(expected.References, request.References), item.Id);
        }

        private static bool Same(IEnumerable<string> expected, IEnumerable<string> read) =>
            expected.Select(r => r.TrimStart('#')).ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(read.Select(r => r.TrimStart('#')));

        private void Count(string name, bool? right, string id)
        {
            if (right is null)
            {
                return;
            }

            (int before, int asked) = _shares[name];
            _shares[name] = (before + (right.Value ? 1 : 0), asked + 1);
            if (!right.Value)
            {
                Miss(name, id);
            }
        }

        private void Miss(string kind, string id)
        {
            if (!_misses.TryGetValue(kind, out List<string>? ids))
            {
                _misses[kind] = ids = [];
            }

            ids.Add(id);
        }
    }

    private sealed record MailCase(string Id, string? Lang, string? Kind, Message Message, Expected Expected);

    private sealed record Expected(bool? IsRefundRequest, long? AmountMinor, string? Currency, List<string>? References, long? ChargeTotalMinor, bool? Partial, bool? MustNotActAutomatically, string? Why);

    private sealed record Message(string? MessageId, string? ThreadId, System.Text.Json.JsonElement From, string? ReplyTo, string? Subject, string? Text, string? Html, DateTimeOffset? ReceivedAt)
    {
        public SupportMail ToMail() => new(MessageId ?? "", ThreadId ?? "", Sender(), ReplyTo, Subject ?? "", string.IsNullOrWhiteSpace(Html) ? Text ?? "" : HiddenText.Together(Text, HtmlText.Read(Html)), ReceivedAt ?? DateTimeOffset.UnixEpoch);

        private MailAddress Sender() => From.ValueKind == System.Text.Json.JsonValueKind.Object
            ? new MailAddress(From.TryGetProperty("name", out var name) ? name.GetString() : null, From.TryGetProperty("address", out var address) ? address.GetString() ?? "" : "")
            : new MailAddress(null, From.ValueKind == System.Text.Json.JsonValueKind.String ? From.GetString() ?? "" : "");
    }
}
