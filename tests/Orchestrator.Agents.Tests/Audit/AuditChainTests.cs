using Orchestrator.Agents.Audit;
using static Orchestrator.Agents.Tests.Given;

namespace Orchestrator.Agents.Tests.Audit;

public sealed class AuditChainTests
{
    [Fact]
    public async Task Verify_Untouched_Holds() => Assert.True((await VerifyAsync(Chain(5))).Holds);

    [Fact]
    public async Task Verify_EachFieldChanged_IsFound()
    {
        Func<AuditEntry, AuditEntry>[] changes =
        [
            entry => entry with { Time = entry.Time.AddTicks(1) },
            entry => entry with { CaseId = "case-2" },
            entry => entry with { Actor = "person/eve" },
            entry => entry with { Tool = "x" },
            entry => entry with { Arguments = """{"amount":"EUR 1.00"}""" },
            entry => entry with { Objects = ["re_", "1"] },
            entry => entry with { RequestId = null },
            entry => entry with { IdempotencyKey = "k2" },
            entry => entry with { KeyName = "stripe-refund" },
            entry => entry with { KeyVersion = "v2" },
            entry => entry with { ModelRoute = "m" },
            entry => entry with { Outcome = "succeeded " },
        ];
        foreach (Func<AuditEntry, AuditEntry> change in changes)
        {
            List<AuditRecord> chain = Chain(5);
            chain[2] = chain[2] with { Entry = change(chain[2].Entry) };
            Assert.Equal(3, (await VerifyAsync(chain)).FirstBad);
        }
    }

    [Fact]
    public async Task Verify_Removed_IsFound()
    {
        List<AuditRecord> chain = Chain(5);
        chain.RemoveAt(2);
        Assert.Equal(3, (await VerifyAsync(chain)).FirstBad);
    }

    [Fact]
    public async Task Verify_Reordered_IsFound()
    {
        List<AuditRecord> chain = Chain(5);
        (chain[1], chain[2]) = (chain[2], chain[1]);
        Assert.Equal(2, (await VerifyAsync(chain)).FirstBad);
    }

    [Fact]
    public async Task Verify_TailCutOff_IsFoundByTheNotedHead()
    {
        List<AuditRecord> chain = Chain(5);
        (long, string) head = (5, chain[4].Hash);
        chain.RemoveAt(4);
        AuditVerdict verdict = await AuditChain.VerifyAsync(chain.ToAsyncEnumerable(), head, default);
        Assert.Equal(5, verdict.FirstBad);
    }

    [Fact]
    public async Task Verify_ResealedAfterAChange_IsFoundByTheNotedHead()
    {
        List<AuditRecord> chain = Chain(5);
        (long, string) head = (5, chain[4].Hash);
        List<AuditRecord> forged = Chain(5, "EUR 1.00");
        Assert.True((await VerifyAsync(forged)).Holds);
        Assert.False((await AuditChain.VerifyAsync(forged.ToAsyncEnumerable(), head, default)).Holds);
    }

    [Fact]
    public async Task Verify_MarkOfTheEndIsGone_SaysThatACutCantBeTold()
    {
        AuditVerdict verdict = await AuditChain.VerifyAsync(Chain(5).Take(3).ToAsyncEnumerable(), head: null, default);
        Assert.False(verdict.Holds);
        Assert.StartsWith("3 records, unchanged as far as they go; but the mark of the log's end is gone", verdict.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_MarkWasGoneOnce_SaysSinceWhen()
    {
        List<AuditRecord> chain = Chain(3);
        chain.Add(AuditChain.Seal(4, chain[2].Hash, AuditChain.MarkGone(new(2026, 11, 27, 9, 30, 0, TimeSpan.Zero), 3)));
        chain.Add(AuditChain.Seal(5, chain[3].Hash, chain[0].Entry));
        AuditVerdict verdict = await VerifyAsync(chain);
        Assert.True(verdict.Holds);
        Assert.StartsWith("5 records, chain intact. The mark of its end was gone on 27 November 2026, 09:30 UTC, when the log ended at record 3:", verdict.Finding, StringComparison.Ordinal);
    }

    private static Task<AuditVerdict> VerifyAsync(List<AuditRecord> chain) => AuditChain.VerifyAsync(chain.ToAsyncEnumerable(), chain.Count == 0 ? null : (chain[^1].Sequence, chain[^1].Hash), default);

    private static List<AuditRecord> Chain(int length, string amount = "EUR 42.00")
    {
        List<AuditRecord> chain = [];
        for (int i = 1; i <= length; i++)
        {
            var entry = new AuditEntry(
                Now.AddSeconds(i), "case-1", "agent/IssueRefund", "stripe.refunds.create", $$"""{"amount":"{{amount}}"}""", ["re_1"], "req_1", "k", "stripe-refund-key", "v1", null, "succeeded");
            chain.Add(AuditChain.Seal(i, chain.Count == 0 ? AuditChain.Genesis : chain[^1].Hash, entry));
        }

        return chain;
    }
}
