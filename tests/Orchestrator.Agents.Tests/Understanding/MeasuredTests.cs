using Orchestrator.Benchmarks;

namespace Orchestrator.Agents.Tests.Understanding;

/// <summary>The benchmarks' figures, with the thresholds below which the reader has become worse than it may be.</summary>
public sealed class MeasuredTests
{
    [Fact]
    public void Reading_OurOwnMails_StaysGood()
    {
        Dictionary<string, object?> results = ReadingBenchmark.Measure(new FileInfo(TestFiles.Golden("mails.jsonl")), misses: false);

        Assert.Equal(0, results["acted_on_that_must_not_be"]);
        Assert.Equal(0, results["errors"]);
        AtLeast(0.95, results["f1"]);
        AtLeast(0.95, results["amount_exact"]);
        AtLeast(0.95, results["currency_exact"]);
        AtLeast(0.95, results["reference_exact"]);
    }

    [SharedDataFact("intents/refund-detection.dev.jsonl")]
    public void Detection_SharedSentences_StaysGood() =>
        AtLeast(0.95, DetectionBenchmark.Measure(Shared("intents/refund-detection.dev.jsonl"), misses: false)["f1"]);

    [SharedDataFact("mail/quoted-replies.dev.jsonl")]
    public void Replies_SharedMails_StaysGood() =>
        Assert.True((int)RepliesBenchmark.Measure(Shared("mail/quoted-replies.dev.jsonl"), misses: false)["exact"]! >= 20);

    [SharedDataFact("pii/sentences.dev.jsonl")]
    public void Redaction_SharedSentences_StaysGood() => AssertRedaction("pii/sentences.dev.jsonl");

    [SharedDataFact("pii/recognizer-cases.jsonl")]
    public void Redaction_SharedCases_StaysGood() => AssertRedaction("pii/recognizer-cases.jsonl");

    [SharedDataFact("intents/fact-extraction.dev.jsonl")]
    public void Facts_SharedTexts_StayGood()
    {
        var recall = (Dictionary<string, double?>)FactsBenchmark.Measure(Shared("intents/fact-extraction.dev.jsonl"), misses: false)["recall"]!;

        Assert.All(recall.Values, r => AtLeast(0.95, r));
    }

    private static void AssertRedaction(string file)
    {
        var recall = (Dictionary<string, double?>)RedactionBenchmark.Measure(Shared(file), misses: false)["recall"]!;

        Assert.All((string[])["EMAIL_ADDRESS", "CREDIT_CARD", "IBAN_CODE", "PHONE_NUMBER"], type => AtLeast(0.95, recall[type]));
    }

    private static FileInfo Shared(string file) => new(TestFiles.Shared(file));

    private static void AtLeast(double least, object? value) => Assert.InRange(Assert.IsType<double>(value), least, 1);
}
