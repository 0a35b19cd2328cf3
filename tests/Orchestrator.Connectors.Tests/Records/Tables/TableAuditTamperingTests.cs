using Azure;
using Azure.Data.Tables;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Tests.Records.Contracts;

namespace Orchestrator.Connectors.Tests.Records.Tables;

/// <summary>Somebody who has the account's key changes the log by hand.</summary>
[NeedsAzurite]
[Collection(AzuriteGroup.Name)]
public sealed class TableAuditTamperingTests(Azurite azurite)
{
    private readonly TablePlace _place = new(azurite);

    [RecordsFact]
    public async Task Verify_RecordChanged_NamesIt()
    {
        await WriteAsync(5);
        TableEntity other = await RecordAsync(4);
        TableEntity record = await RecordAsync(3);
        record["Body0"] = other["Body0"];
        await _place.Rows.UpdateEntityAsync(record, ETag.All, TableUpdateMode.Replace);

        Assert.Equal(3, await FirstBadAsync());
    }

    [RecordsFact]
    public async Task Verify_RecordMadeUnreadable_NamesItAndStillReadsTheOthers()
    {
        await WriteAsync(5);
        TableEntity record = await RecordAsync(2);
        record["Body0"] = "rubbish"u8.ToArray();
        await _place.Rows.UpdateEntityAsync(record, ETag.All, TableUpdateMode.Replace);

        Assert.Equal(2, await FirstBadAsync());
        await using OpenedRecords records = await _place.OpenAsync();
        Assert.Equal(4, await records.Audit.ReadAsync("case-a", default).CountAsync());
    }

    [RecordsFact]
    public async Task Verify_RecordRemoved_NamesIt()
    {
        await WriteAsync(5);
        await RemoveAsync(2);

        Assert.Equal(2, await FirstBadAsync());
    }

    [RecordsFact]
    public async Task Append_BehindARowMadeByHand_GoesOnAndIsFound()
    {
        OpenedRecords open = await _place.OpenAsync();
        await WriteAsync(2);
        await _place.Rows.AddEntityAsync(new TableEntity("audit", "r-z") { ["Hash"] = "rubbish" });

        await open.Audit.AppendAsync(Samples.Entry(), default);
        await WriteAsync(1);

        Assert.Equal([1, 2, 3, 4], await open.Audit.ReadAsync("case-a", default).Select(record => record.Sequence).ToListAsync());
        Assert.Equal(5, await FirstBadAsync());
    }

    [RecordsFact]
    public async Task Open_TailCutOff_IsRefusedAndFoundByWhoHasItOpen()
    {
        OpenedRecords open = await _place.OpenAsync();
        await WriteAsync(5);
        await RemoveAsync(4);
        await RemoveAsync(5);

        PermanentFailureException refused = await Assert.ThrowsAsync<PermanentFailureException>(_place.OpenAsync);

        Assert.Contains("Audit record 5 was acknowledged", refused.Message, StringComparison.Ordinal);
        Assert.Equal(4, (await open.Audit.VerifyAsync(default)).FirstBad);
    }

    [RecordsFact]
    public async Task Open_TailRewritten_IsRefused()
    {
        await WriteAsync(3);
        TableEntity record = await RecordAsync(3);
        record["Hash"] = new string('a', 64);
        await _place.Rows.UpdateEntityAsync(record, ETag.All, TableUpdateMode.Replace);

        Assert.Contains("rewritten", (await Assert.ThrowsAsync<PermanentFailureException>(_place.OpenAsync)).Message, StringComparison.Ordinal);
    }

    [RecordsFact]
    public async Task Open_HeadBehindAfterACrash_GoesOn()
    {
        await WriteAsync(2);
        TableEntity earlier = await _place.Head.GetEntityAsync<TableEntity>("audit", "head");
        await WriteAsync(2);
        await _place.Head.UpdateEntityAsync(earlier, ETag.All, TableUpdateMode.Replace);

        await WriteAsync(1);

        Assert.Null(await FirstBadAsync());
        Assert.Equal(5, (await _place.Head.GetEntityAsync<TableEntity>("audit", "head")).Value.GetInt64("Sequence"));
    }

    [RecordsFact]
    public async Task Open_HeadRemoved_PutsThatOnTheRecordOnce()
    {
        await WriteAsync(2);
        await _place.Head.DeleteEntityAsync("audit", "head");

        OpenedRecords[] opened = await _place.OpenAsync(3);

        AuditRecord last = await opened[0].Audit.ReadAsync(null, default).LastAsync();
        Assert.Equal((3, "audit.head.renote", """{"log_ended_at":2}"""), (last.Sequence, last.Entry.Tool, last.Entry.Arguments));
    }

    [RecordsFact]
    public async Task Verify_TailCutAndHeadMovedBack_IsFoundByWhoWroteIt()
    {
        OpenedRecords records = await _place.OpenAsync();
        await records.Audit.AppendAsync(Samples.Entry(), default);
        TableEntity earlier = await _place.Head.GetEntityAsync<TableEntity>("audit", "head");
        await records.Audit.AppendAsync(Samples.Entry(), default);
        await RemoveAsync(2);
        await _place.Head.UpdateEntityAsync(earlier, ETag.All, TableUpdateMode.Replace);

        Assert.Equal(2, (await records.Audit.VerifyAsync(default)).FirstBad);
    }

    [RecordsFact]
    public async Task Append_AfterACutTailWasAccepted_GoesOnUnderItsNumbers()
    {
        await WriteAsync(4);
        await RemoveAsync(3);
        await RemoveAsync(4);
        await _place.Head.DeleteEntityAsync("audit", "head");

        OpenedRecords records = await _place.OpenAsync();
        await records.Audit.AppendAsync(Samples.Entry("case-a"), default);

        // The third is the record of the missing head, though the pointer of the record that was cut off still stands.
        Assert.True((await records.Audit.VerifyAsync(default)).Holds);
        Assert.Equal([1, 2, 4], await records.Audit.ReadAsync("case-a", default).Select(record => record.Sequence).ToListAsync());
    }

    private async Task WriteAsync(int count)
    {
        await using OpenedRecords records = await _place.OpenAsync();
        for (int number = 0; number < count; number++)
        {
            await records.Audit.AppendAsync(Samples.Entry(outcome: $"succeeded: {number}"), default);
        }
    }

    private async Task<long?> FirstBadAsync()
    {
        await using OpenedRecords records = await _place.OpenAsync();
        return (await records.Audit.VerifyAsync(default)).FirstBad;
    }

    private async Task<TableEntity> RecordAsync(long sequence) => await _place.Rows.GetEntityAsync<TableEntity>("audit", $"r-{sequence:D19}");

    private Task RemoveAsync(long sequence) => _place.Rows.DeleteEntityAsync("audit", $"r-{sequence:D19}");
}
