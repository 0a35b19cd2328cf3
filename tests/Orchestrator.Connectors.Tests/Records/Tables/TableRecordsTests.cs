using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Connectors.Records.Tables;
using Orchestrator.Connectors.Tests.Records.Contracts;

namespace Orchestrator.Connectors.Tests.Records.Tables;

[NeedsAzurite]
[Collection(AzuriteGroup.Name)]
public sealed class TableRecordsTests(Azurite azurite)
{
    private static readonly TableClientOptions NoRetries = new() { Retry = { MaxRetries = 0 } };

    private readonly TablePlace _place = new(azurite);

    [RecordsFact]
    public async Task Keys_OfEveryRow_ShowNoAddressAndNoId()
    {
        OpenedRecords records = await _place.OpenAsync();
        await records.Cases.TakeInAsync(Samples.Mail("<a/b\\c#d?e@mail>", "t/1?#"), "case-1", Samples.At, default);
        await records.Approvals.OpenAsync(Samples.Round("case-1"), default);
        await records.Audit.AppendAsync(Samples.Entry("case-1"), default);

        List<TableEntity> rows = await _place.Rows.QueryAsync<TableEntity>().ToListAsync();

        Assert.All(rows, row => Assert.Matches("^[a-z0-9-]+$", row.RowKey));
        Assert.All(rows, row => Assert.DoesNotContain("case-1", row.RowKey, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.DoesNotContain(row.Select(property => property.Value).OfType<string>(), text => text.Contains('@', StringComparison.Ordinal)));
    }

    [RecordsFact]
    public async Task TakeIn_MailOfSeveralProperties_ComesBackAsItWas()
    {
        OpenedRecords records = await _place.OpenAsync();
        SupportMail mail = Samples.Mail(text: Noise(300_000));
        await records.Cases.TakeInAsync(mail, "case-1", Samples.At, default);

        Assert.Equal(mail, (await records.Cases.FindAsync("case-1", default))!.First);
    }

    [RecordsFact]
    public async Task TakeIn_LargestMailOfARow_IsTaken()
    {
        OpenedRecords records = await _place.OpenAsync();
        SupportMail mail = Samples.Mail(text: Noise(1_150_000));

        Assert.Equal(TakenInAs.NewCase, (await records.Cases.TakeInAsync(mail, "case-1", Samples.At, default)).As);
        Assert.Equal(mail, (await records.Cases.FindAsync("case-1", default))!.First);
    }

    [RecordsFact]
    public async Task TakeIn_MailLargerThanARow_IsRefusedWithASentence()
    {
        OpenedRecords records = await _place.OpenAsync();
        string text = Noise(3_000_000);

        PermanentFailureException refused = await Assert.ThrowsAsync<PermanentFailureException>(() => records.Cases.TakeInAsync(Samples.Mail(text: text), "case-1", Samples.At, default));

        Assert.Equal("too_large", refused.Code);
        Assert.Contains("Nothing was stored", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text[..8], refused.ToString(), StringComparison.Ordinal);
        Assert.Null(await records.Cases.FindAsync("case-1", default));
    }

    [RecordsFact]
    public async Task Append_BurstOfLargeEntries_FitsTheTransactionsOfTheService()
    {
        var sizes = new TransactionSizes();
        OpenedRecords records = await _place.OpenAsync(sizes, retries: 0);
        var sent = new TaskCompletionSource();
        sizes.Before = sent.Task;

        Task[] all = [.. Enumerable.Range(0, 13).Select(number => records.Audit.AppendAsync(Samples.Entry() with { Arguments = Noise(800_000) }, default))];
        sent.SetResult();
        await Task.WhenAll(all);

        Assert.Equal(13, (await records.Audit.VerifyAsync(default)).Records);
        Assert.InRange(sizes.Bytes.Max(), 1024 * 1024, 4 * 1024 * 1024);
    }

    [RecordsFact]
    public async Task TakeIn_CaseIdOfAnotherMessage_IsRefusedWithASentence()
    {
        OpenedRecords records = await _place.OpenAsync();
        await records.Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);

        PermanentFailureException refused = await Assert.ThrowsAsync<PermanentFailureException>(() => records.Cases.TakeInAsync(Samples.Mail("m2", "t2"), "case-1", Samples.At, default));

        Assert.Contains("'case-1' is there already", refused.Message, StringComparison.Ordinal);
    }

    [RecordsFact]
    public async Task Find_DamagedMail_IsAFailureWithoutItsWords()
    {
        OpenedRecords records = await _place.OpenAsync();
        await records.Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        TableEntity row = (await _place.Rows.QueryAsync<TableEntity>(one => one.PartitionKey == "cases").ToListAsync()).Single(one => one.ContainsKey("Body0"));
        row["Body0"] = "rubbish"u8.ToArray();
        await _place.Rows.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);

        PermanentFailureException damaged = await Assert.ThrowsAsync<PermanentFailureException>(() => records.Cases.FindAsync("case-1", default));

        Assert.Contains("damaged", damaged.Message, StringComparison.Ordinal);
    }

    [RecordsFact]
    public async Task Open_NewerSchema_IsRefusedWithASentence()
    {
        await _place.OpenAsync();
        await _place.Rows.UpsertEntityAsync(new TableEntity("schema", "version") { ["version"] = 99 });

        Assert.Contains("newer version", (await Assert.ThrowsAsync<PermanentFailureException>(_place.OpenAsync)).Message, StringComparison.Ordinal);
    }

    [RecordsFact]
    public async Task Read_TableGone_IsAFailureAndNotAnEmptyStore()
    {
        OpenedRecords records = await _place.OpenAsync();
        await _place.Rows.DeleteAsync();

        await Assert.ThrowsAsync<PermanentFailureException>(() => records.Cases.FindAsync("case-1", default));
        await Assert.ThrowsAsync<PermanentFailureException>(() => records.Approvals.FindAsync("case-1-r1", default));
        await Assert.ThrowsAsync<PermanentFailureException>(() => records.Audit.AppendAsync(Samples.Entry(), default));
    }

    [RecordsFact]
    public async Task Open_WrongKey_IsPermanentAndDoesNotShowIt()
    {
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

        PermanentFailureException refused = await Assert.ThrowsAsync<PermanentFailureException>(() => TableRecords.OpenAsync(azurite.Service(NoRetries, key), TimeProvider.System, default));

        Assert.DoesNotContain(key, refused.ToString(), StringComparison.Ordinal);
    }

    private static string Noise(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes * 3 / 4));
}
