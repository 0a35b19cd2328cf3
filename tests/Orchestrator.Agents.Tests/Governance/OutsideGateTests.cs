using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Agents.Tests.Governance;

public sealed class OutsideGateTests
{
    private readonly Log _log = new();
    private readonly Vault _vault = new();

    [Fact]
    public async Task Open_ActivityWithoutDeclaration_GetsNoKey()
    {
        await Assert.ThrowsAsync<PermanentFailureException>(() => Gate().OpenAsync("CloseCase", "case-1", default));
        Assert.Empty(_vault.Asked);
    }

    [Fact]
    public async Task Open_AsksForTheDeclaredKeyOnly()
    {
        await Gate().OpenAsync(ActivityNames.FetchHistory, "case-1", default);
        Assert.Equal([KeyNames.StripeRead], _vault.Asked);
    }

    [Fact]
    public async Task Perform_ToolOfAnotherActivity_IsRefusedBeforeAnyCall()
    {
        GatePass pass = await Gate().OpenAsync(ActivityNames.ReadCharges, "case-1", default);
        bool called = false;
        await Assert.ThrowsAsync<PermanentFailureException>(() => pass.PerformAsync(Tools.RefundsCreate, ActArguments.None, (_, _) => Task.FromResult(called = true), default));
        Assert.False(called);
    }

    [Fact]
    public async Task Perform_Mutation_IsOnTheRecordBeforeItHappens()
    {
        GatePass pass = await Gate().OpenAsync(ActivityNames.IssueRefund, "case-1", default);
        string? before = null;
        await pass.PerformAsync(
            Tools.RefundsCreate,
            new ActArguments { IdempotencyKey = "case-1:refund-1" },
            (call, _) =>
            {
                before = _log.Entries[^1].Outcome;
                call.Saw("re_1");
                call.Answered("req_1");
                return Task.FromResult(1);
            },
            default);
        Assert.Equal("attempted", before);
        AuditEntry after = _log.Entries[^1];
        Assert.Equal(("succeeded", "req_1", "case-1:refund-1", KeyNames.StripeRefund, "v7"), (after.Outcome, after.RequestId, after.IdempotencyKey, after.KeyName, after.KeyVersion));
        Assert.Equal(["re_1"], after.Objects);
        Assert.DoesNotContain(_log.Entries, entry => entry.ToString().Contains("rk_secret", StringComparison.Ordinal));
    }

    /// <summary>Steps that a wait of days lies between run under spans of their own, which the host or the engine begins anew for each.</summary>
    [Fact]
    public async Task Perform_ActsOfOneCase_AreOneTraceAndOfAnotherCaseAnother()
    {
        string one = $"case-{Guid.NewGuid():N}";
        string other = $"case-{Guid.NewGuid():N}";
        ConcurrentQueue<Activity> spans = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == AgentsTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await ActAsync(one, ActivityNames.ReadCharges, Tools.RefundsList);
        await ActAsync(one, ActivityNames.IssueRefund, Tools.RefundsCreate);
        await ActAsync(other, ActivityNames.IssueRefund, Tools.RefundsCreate);

        Activity[] mine = [.. spans.Where(span => span.GetTagItem("case.id") is string id && (id == one || id == other))];
        Assert.Equal([Tools.RefundsList, Tools.RefundsCreate, Tools.RefundsCreate], mine.Select(span => span.OperationName));
        Assert.Equal(mine[0].TraceId, mine[1].TraceId);
        Assert.NotEqual(mine[0].TraceId, mine[2].TraceId);
        Assert.All(mine, span => Assert.Equal(("succeeded", ActivityStatusCode.Ok), (span.GetTagItem("outcome"), span.Status)));

        async Task ActAsync(string caseId, string activity, string tool)
        {
            using Activity step = new Activity(activity).Start();
            await (await Gate().OpenAsync(activity, caseId, default)).PerformAsync(tool, ActArguments.None, (_, _) => Task.FromResult(1), default);
            Assert.Equal(step.TraceId, Assert.Single(spans.Last(span => span.GetTagItem("case.id") as string == caseId).Links).Context.TraceId);
        }
    }

    [Fact]
    public async Task Perform_EveryKindOfFailure_IsNamedOnTheRecord()
    {
        GatePass pass = await Gate().OpenAsync(ActivityNames.ReadRefund, "case-1", default);
        (OutsideFailureException, string)[] failures =
        [
            (new TransientFailureException("m", "rate_limit"), "transient: rate_limit"),
            (new PermanentFailureException("m"), "permanent"),
            (new RefusedException("m", "x"), "refused: x"),
            (new OutcomeUnknownException("m"), "unknown"),
        ];
        foreach ((OutsideFailureException failure, string outcome) in failures)
        {
            await Assert.ThrowsAnyAsync<OutsideFailureException>(() => pass.PerformAsync<int>(Tools.RefundsGet, ActArguments.None, (_, _) => throw failure, default));
            Assert.Equal(outcome, _log.Entries[^1].Outcome);
        }
    }

    [Fact]
    public async Task Perform_Interrupted_IsUnknownOnTheRecord()
    {
        GatePass pass = await Gate().OpenAsync(ActivityNames.ReadRefund, "case-1", default);
        await Assert.ThrowsAsync<OperationCanceledException>(() => pass.PerformAsync<int>(Tools.RefundsGet, ActArguments.None, (_, _) => throw new OperationCanceledException(), default));
        Assert.StartsWith("unknown", _log.Entries[^1].Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public void Declarations_ReadAndMutationNeverShareAKey()
    {
        ILookup<string, bool> mutatesByKey = KeyDeclarations.All.ToLookup(one => one.Key, one => one.Tools.Any(Tools.ThatChangeTheWorld.Contains));
        Assert.All(mutatesByKey, key => Assert.Single(key.Distinct()));
        Assert.All(KeyDeclarations.All, one => Assert.Contains(one.Key, KeyNames.All));
    }

    [Fact]
    public void KeyLease_ShowsNoValue() => Assert.Equal("stripe-read (v7)", new KeyLease("stripe-read", "v7", "rk_secret").ToString());

    private OutsideGate Gate() => new(_vault, _log, TimeProvider.System);

    private sealed class Vault : IKeyVault
    {
        public List<string> Asked { get; } = [];

        public Task<KeyLease> GetKeyAsync(string name, CancellationToken cancellationToken)
        {
            Asked.Add(name);
            return Task.FromResult(new KeyLease(name, "v7", "rk_secret"));
        }
    }

    private sealed class Log : IAuditLog
    {
        public List<AuditEntry> Entries { get; } = [];

        public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
        {
            Entries.Add(entry);
            return Task.CompletedTask;
        }

        public async IAsyncEnumerable<AuditRecord> ReadAsync(string? caseId, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            string previous = AuditChain.Genesis;
            for (int i = 0; i < Entries.Count; i++)
            {
                AuditRecord record = AuditChain.Seal(i + 1, previous, Entries[i]);
                previous = record.Hash;
                yield return await Task.FromResult(record);
            }
        }

        public Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken) => AuditChain.VerifyAsync(ReadAsync(null, cancellationToken), null, cancellationToken);
    }
}
