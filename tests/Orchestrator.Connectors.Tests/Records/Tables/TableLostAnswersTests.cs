using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Governance;
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
