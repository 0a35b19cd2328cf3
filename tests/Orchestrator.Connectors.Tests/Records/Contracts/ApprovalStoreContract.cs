using System.Text.Json;
using Orchestrator.Agents;
using Orchestrator.Agents.Approvals;

namespace Orchestrator.Connectors.Tests.Records.Contracts;

public abstract class ApprovalStoreContract(IRecordsPlace place) : RecordsContract(place)
{
    private IApprovalStore Store => Records.Approvals;

    [RecordsFact]
    public async Task Open_SecondTime_GivesWhatIsThere()
    {
        await Store.OpenAsync(Samples.Round(), default);
        await Store.ChangeAsync("case-a-r1", round => round with { FirstOpenedAt = Samples.At }, default);

        ApprovalRound again = await Store.OpenAsync(Samples.Round() with { DecideBy = Samples.At }, default);

        Assert.Equal(Samples.At, again.FirstOpenedAt);
        Assert.Equal(Samples.Round().DecideBy, again.DecideBy);
    }

    [RecordsFact]
    public async Task Find_WholeRound_ComesBackAsItWas()
    {
        ApprovalRound round = Samples.Round() with { Votes = [Samples.Vote("ben@example.com")], Conclusion = Samples.Approved(Samples.At.AddHours(1)) };
        await Store.OpenAsync(round, default);

        ApprovalRound found = (await Store.FindAsync("case-a-r1", default))!;

        Assert.Equal(JsonSerializer.Serialize(round, AgentsJson.Default.ApprovalRound), JsonSerializer.Serialize(found, AgentsJson.Default.ApprovalRound));
        Assert.Equal("KWD 12.500", found.Proposal.Charges[0].Refund.ToString());
    }

    [RecordsFact]
    public async Task Change_FromManySides_LosesNone()
    {
        await Store.OpenAsync(Samples.Round(), default);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(() =>
            Store.ChangeAsync("case-a-r1", round => round with { Votes = [.. round.Votes, Samples.Vote($"p{number}")] }, default))));

        ApprovalRound found = (await Store.FindAsync("case-a-r1", default))!;
        Assert.Equal(100, found.Votes.Select(vote => vote.By.Id).Distinct().Count());
    }

    [RecordsFact]
    public async Task Change_ThatThrows_ChangesNothingAndHurtsNobody()
    {
        await Store.OpenAsync(Samples.Round(), default);
        Task<ApprovalRound> bad = Store.ChangeAsync("case-a-r1", _ => throw new InvalidOperationException("no"), default);
        Task<ApprovalRound> good = Store.ChangeAsync("case-a-r1", round => round with { EscalatedAt = Samples.At }, default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(Samples.At, (await good).EscalatedAt);
    }

    [RecordsFact]
    public async Task Change_ToNothing_GivesTheRoundAsItStands()
    {
        await Store.OpenAsync(Samples.Round(), default);
        ApprovalRound round = await Store.ChangeAsync("case-a-r1", _ => null, default);
        Assert.True(round.IsOpen);
    }

    [RecordsFact]
    public async Task Change_WithARecord_IsOnTheRecordWhetherItChangedAnythingOrNot()
    {
        await Store.OpenAsync(Samples.Round(), default);

        await Store.ChangeAsync("case-a-r1", round => round with { Votes = [Samples.Vote("ben@example.com")] }, round => Samples.Entry(tool: $"counted.{round.Votes.Count}"), default);
        await Store.ChangeAsync("case-a-r1", _ => null, round => Samples.Entry(tool: $"refused.{round.Votes.Count}"), default);
        await Store.ChangeAsync("case-a-r1", _ => null, _ => null, default);

        Assert.Equal(["counted.1", "refused.1"], await Records.Audit.ReadAsync(null, default).Select(record => record.Entry.Tool).ToListAsync());
        Assert.True((await Records.Audit.VerifyAsync(default)).Holds);
    }

    [RecordsFact]
    public async Task Change_FromManySidesWithRecords_RecordsEachOnce()
    {
        await Store.OpenAsync(Samples.Round(), default);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(() => Store.ChangeAsync(
            "case-a-r1", round => round with { Votes = [.. round.Votes, Samples.Vote($"p{number}")] }, _ => Samples.Entry(tool: $"vote.{number}"), default))));

        List<string> recorded = await Records.Audit.ReadAsync(null, default).Select(record => record.Entry.Tool).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 40).Select(number => $"vote.{number}").Order(), recorded.Order());
        Assert.Equal(40, (await Store.FindAsync("case-a-r1", default))!.Votes.Count);
    }

    [RecordsFact]
    public async Task Change_UnknownApproval_IsNotFound() =>
        Assert.Equal("nope", (await Assert.ThrowsAsync<ApprovalNotFoundException>(() => Store.ChangeAsync("nope", round => round, default))).ApprovalId);

    [RecordsFact]
    public async Task Change_OfAConclusion_IsRefusedByTheStore()
    {
        await Store.OpenAsync(Samples.Round(), default);
        await Store.ChangeAsync("case-a-r1", round => round with { Conclusion = Samples.Approved(Samples.At) }, default);

        await Assert.ThrowsAnyAsync<Exception>(() => Store.ChangeAsync("case-a-r1", round => round with { Conclusion = Samples.Approved(Samples.At.AddHours(1)) }, default));

        Assert.Equal(Samples.At, (await Store.FindAsync("case-a-r1", default))!.Conclusion!.At);
    }

    [RecordsFact]
    public async Task Lists_OpenConcludedAndOfACase_NewestFirst()
    {
        for (int number = 1; number <= 4; number++)
        {
            await Store.OpenAsync(Samples.Round("case-a", number, Samples.At.AddHours(number)), default);
        }

        await Store.OpenAsync(Samples.Round("case-b"), default);
        await Store.ChangeAsync("case-a-r3", round => round with { Conclusion = Samples.Approved(Samples.At.AddDays(1)) }, default);
        await Store.ChangeAsync("case-a-r1", round => round with { Conclusion = Samples.Approved(Samples.At.AddDays(2)) }, default);

        Assert.Equal(["case-a-r4", "case-a-r3", "case-a-r2", "case-a-r1"], Ids(await Store.ListAsync("case-a", default)));
        Assert.Equal(["case-a-r4", "case-a-r2", "case-b-r1"], Ids(await Store.ListAsync(null, default)));
        Assert.Equal(["case-a-r1", "case-a-r3"], Ids(await Store.ListConcludedAsync(10, default)));
        Assert.Equal(["case-a-r1"], Ids(await Store.ListConcludedAsync(1, default)));
    }

    private static IEnumerable<string> Ids(IReadOnlyList<ApprovalRound> rounds) => rounds.Select(round => round.Proposal.ApprovalId);
}
