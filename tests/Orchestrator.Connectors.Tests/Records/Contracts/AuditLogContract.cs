using Orchestrator.Agents.Audit;

namespace Orchestrator.Connectors.Tests.Records.Contracts;

public abstract class AuditLogContract(IRecordsPlace place) : RecordsContract(place)
{
    private IAuditLog Audit => Records.Audit;

    [RecordsFact]
    public async Task Append_FromManySides_GivesAChainWithoutGaps()
    {
        await Task.WhenAll(Enumerable.Range(0, 1200).Select(number => Task.Run(() => Audit.AppendAsync(Samples.Entry($"case-{number % 3}"), default))));

        AuditVerdict verdict = await Audit.VerifyAsync(default);

        Assert.True(verdict.Holds, verdict.Finding);
        Assert.Equal(1200, verdict.Records);
        Assert.Equal(400, await Audit.ReadAsync("case-1", default).CountAsync());
        Assert.Equal(Enumerable.Range(1, 1200).Select(number => (long)number), await Audit.ReadAsync(null, default).Select(record => record.Sequence).ToListAsync());
    }

    [RecordsFact]
    public async Task Append_OverRestarts_GoesOn()
    {
        for (int start = 0; start < 3; start++)
        {
            await Audit.AppendAsync(Samples.Entry(), default);
            await RestartAsync();
        }

        AuditVerdict verdict = await Audit.VerifyAsync(default);
        Assert.True(verdict.Holds, verdict.Finding);
        Assert.Equal(3, verdict.Records);
    }

    [RecordsFact]
    public async Task Append_CancelledBeforeItRan_IsCancelledAndLeavesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Audit.AppendAsync(Samples.Entry(), new CancellationToken(canceled: true)));
        Assert.Equal(0, (await Audit.VerifyAsync(default)).Records);
    }

    [RecordsFact]
    public async Task Read_OfACase_GivesItsRecordsInOrderAndNoOthers()
    {
        await Audit.AppendAsync(Samples.Entry("case-a", "stripe.refunds.list"), default);
        await Audit.AppendAsync(Samples.Entry("case-b"), default);
        await Audit.AppendAsync(Samples.Entry() with { CaseId = null }, default);
        await Audit.AppendAsync(Samples.Entry("case-a", "stripe.refunds.create"), default);

        List<AuditRecord> found = await Audit.ReadAsync("case-a", default).ToListAsync();

        Assert.Equal([1, 4], found.Select(record => record.Sequence));
        Assert.Equal(["stripe.refunds.list", "stripe.refunds.create"], found.Select(record => record.Entry.Tool));
        Assert.Equal(4, await Audit.ReadAsync(null, default).CountAsync());
    }
}
