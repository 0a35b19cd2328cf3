using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Records.Tables;
using Orchestrator.Connectors.Tests.Records.Contracts;

namespace Orchestrator.Connectors.Tests.Records.Tables;

/// <summary>The service did what it was asked, and the answer was lost: the client sends it again and meets its own rows.</summary>
[NeedsAzurite]
[Collection(AzuriteGroup.Name)]
public sealed class TableLostAnswersTests(Azurite azurite)
{
    private readonly TablePlace _place = new(azurite);
    private readonly LostAnswers _connection = new();

    [RecordsFact]
    public async Task TakeIn_NewCase_IsStillANewCase()
    {
        OpenedRecords records = await _place.OpenAsync(_connection, retries: 3);
        _connection.LoseNext();

        Assert.Equal(new("case-1", TakenInAs.NewCase), await records.Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default));
        Assert.True(_connection.Lost);
    }

    [RecordsFact]
    public async Task TakeIn_Reply_IsStillAReplyAndStandsThereOnce()
    {
        OpenedRecords records = await _place.OpenAsync(_connection, retries: 3);
        await records.Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        _connection.LoseNext();

        Assert.Equal(new("case-1", TakenInAs.Reply), await records.Cases.TakeInAsync(Samples.Mail("m2"), "case-2", Samples.At, default));
        Assert.Equal(["m1", "m2"], (await records.Cases.FindAsync("case-1", default))!.Messages.Select(mail => mail.MessageId));
    }

    [RecordsFact]
    public async Task TakeIn_WithoutRetries_IsTransientAndTheNextDeliveryADuplicate()
    {
        OpenedRecords records = await _place.OpenAsync(_connection, retries: 0);
        _connection.LoseNext();

        await Assert.ThrowsAsync<TransientFailureException>(() => records.Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default));

        Assert.Equal(new("case-1", TakenInAs.Duplicate), await records.Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default));
    }

    [RecordsFact]
    public async Task Note_AnyCase_StandsThereOnce()
    {
        OpenedRecords records = await _place.OpenAsync(_connection, retries: 3);
        await records.Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        _connection.LoseNext();

        await records.Cases.NoteAsync("case-1", new(Samples.At, "ben@example.com", "cases.end", "Settled by phone."), default);

        Assert.Single((await records.Cases.FindAsync("case-1", default))!.Notes);
    }

    [RecordsFact]
    public async Task Change_Vote_CountsOnceAndIsNotAskedForAgain()
    {
        OpenedRecords records = await _place.OpenAsync(_connection, retries: 3);
        await records.Approvals.OpenAsync(Samples.Round(), default);
        _connection.LoseNext();
        int asked = 0;

        ApprovalRound round = await records.Approvals.ChangeAsync(
            "case-a-r1",
            current =>
            {
                asked++;
                return current with { Votes = [.. current.Votes, Samples.Vote("ben@example.com")], Conclusion = Samples.Approved(Samples.At) };
            },
            default);

        Assert.Equal(1, asked);
        Assert.Single(round.Votes);
        Assert.Single((await records.Approvals.FindAsync("case-a-r1", default))!.Votes);
    }

    [RecordsFact]
    public async Task Change_KilledBeforeItsRecordWasAppended_IsMadeUpForOnce()
    {
        OpenedRecords records = await _place.OpenAsync(_connection, retries: 0);
        await records.Approvals.OpenAsync(Samples.Round(), default);
        await records.Audit.AppendAsync(Samples.Entry(tool: "before"), default);
        await _place.Rows.SubmitTransactionAsync([PendingRecords.Row(ApprovalRows.Partition, "mark-1", Samples.Entry(tool: "decided"))]);
        await _place.Rows.SubmitTransactionAsync([PendingRecords.Row(CaseRows.Partition, "mark-2", Samples.Entry(tool: "taken"))]);

        OpenedRecords[] instances = await _place.OpenAsync(3);
        await Task.WhenAll(instances.Select(one => one.Audit.CatchUpAsync(default)));
        await instances[0].Audit.CatchUpAsync(default);

        Assert.Equal(["before", "decided", "taken"], (await instances[0].Audit.ReadAsync(null, default).Select(record => record.Entry.Tool).ToListAsync()).Order());
        Assert.True((await instances[0].Audit.VerifyAsync(default)).Holds);
        Assert.Empty(await _place.Rows.QueryAsync<Azure.Data.Tables.TableEntity>("RowKey ge 'p-' and RowKey lt 'p.'").ToListAsync());
    }

    [RecordsFact]
    public async Task Change_WhoseAnswerWasLost_IsRecordedOnce()
    {
        OpenedRecords records = await _place.OpenAsync(_connection, retries: 3);
        await records.Approvals.OpenAsync(Samples.Round(), default);
        _connection.LoseNext();

        await records.Approvals.ChangeAsync("case-a-r1", round => round with { Votes = [Samples.Vote("ben@example.com")] }, _ => Samples.Entry(tool: "decided"), default);

        Assert.True(_connection.Lost);
        Assert.Single(await records.Audit.ReadAsync(null, default).Where(record => record.Entry.Tool == "decided").ToListAsync());
    }

    [AzuriteTheory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Append_Several_StandThereOnce(int retries)
    {
        OpenedRecords records = await _place.OpenAsync(_connection, retries);
        OpenedRecords other = await _place.OpenAsync();
        await other.Audit.AppendAsync(Samples.Entry(), default);
        await records.Audit.AppendAsync(Samples.Entry(), default);
        _connection.LoseNext();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => records.Audit.AppendAsync(Samples.Entry(tool: $"tool.{number}"), default)));

        Assert.True(_connection.Lost);
        AuditVerdict verdict = await records.Audit.VerifyAsync(default);
        Assert.True(verdict.Holds, verdict.Finding);
        Assert.Equal(22, verdict.Records);
    }
}
