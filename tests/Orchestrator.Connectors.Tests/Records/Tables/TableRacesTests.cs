using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Connectors.Tests.Records.Contracts;

namespace Orchestrator.Connectors.Tests.Records.Tables;

/// <summary>Several instances of the function app write the same records at the same time.</summary>
[NeedsAzurite]
[Collection(AzuriteGroup.Name)]
public sealed class TableRacesTests(Azurite azurite)
{
    private const int Instances = 8;

    private readonly TablePlace _place = new(azurite);

    [RecordsFact]
    public async Task TakeIn_SameMessageOnAllInstances_OpensOneCase()
    {
        OpenedRecords[] instances = await _place.OpenAsync(Instances);

        TakenIn[] all = await RaceAsync(instances, 6, (records, number) => records.Cases.TakeInAsync(Samples.Mail(), $"case-{number}", Samples.At, default));

        Assert.Single(all, taken => taken.As == TakenInAs.NewCase);
        Assert.Equal(all.Length - 1, all.Count(taken => taken.As == TakenInAs.Duplicate));
        string caseId = Assert.Single(all.Select(taken => taken.CaseId).Distinct());
        Assert.Equal([caseId], await instances[0].Cases.ListOpenAsync(default));
        Assert.Single((await instances[0].Cases.FindAsync(caseId, default))!.Messages);
    }

    [RecordsFact]
    public async Task TakeIn_OneThreadOnAllInstances_IsOneCaseThatHoldsEveryMail()
    {
        OpenedRecords[] instances = await _place.OpenAsync(Instances);

        // Every mail is delivered twice, on different instances.
        TakenIn[] all = await RaceAsync(instances, 6, (records, number) => records.Cases.TakeInAsync(Samples.Mail($"m{number / 2}"), $"case-{number / 2}", Samples.At, default));

        string caseId = Assert.Single(all.Select(taken => taken.CaseId).Distinct());
        Assert.Single(all, taken => taken.As == TakenInAs.NewCase);
        Assert.Equal(23, all.Count(taken => taken.As == TakenInAs.Reply));
        Assert.Equal(24, all.Count(taken => taken.As == TakenInAs.Duplicate));
        CaseFile file = (await instances[0].Cases.FindAsync(caseId, default))!;
        Assert.Equal(Enumerable.Range(0, 24).Select(number => $"m{number}").Order(), file.Messages.Select(mail => mail.MessageId).Order());
    }

    [RecordsFact]
    public async Task TakeIn_WhileOthersClose_LosesNoMailAndLeavesOneOpenCaseAtMost()
    {
        OpenedRecords[] instances = await _place.OpenAsync(Instances);

        TakenIn[] all = await RaceAsync(instances, 4, async (records, number) =>
        {
            TakenIn taken = await records.Cases.TakeInAsync(Samples.Mail($"m{number}"), $"case-{number}", Samples.At, default);
            if (number % 3 == 0)
            {
                await records.Cases.CloseAsync(taken.CaseId, Samples.At.AddHours(1), default);
            }

            return taken;
        });

        Assert.InRange((await instances[0].Cases.ListOpenAsync(default)).Count, 0, 1);
        List<string> kept = [];
        foreach (string caseId in all.Select(taken => taken.CaseId).Distinct())
        {
            kept.AddRange((await instances[0].Cases.FindAsync(caseId, default))!.Messages.Select(mail => mail.MessageId));
        }

        Assert.Equal(Enumerable.Range(0, 4 * Instances).Select(number => $"m{number}").Order(), kept.Order());
    }

    [RecordsFact]
    public async Task Change_OfOneApprovalOnAllInstances_LosesNone()
    {
        OpenedRecords[] instances = await _place.OpenAsync(Instances);
        await Task.WhenAll(instances.Select(records => records.Approvals.OpenAsync(Samples.Round(), default)));

        await RaceAsync(instances, 5, (records, number) =>
            records.Approvals.ChangeAsync("case-a-r1", round => round with { Votes = [.. round.Votes, Samples.Vote($"p{number}")] }, default));

        ApprovalRound found = (await instances[0].Approvals.FindAsync("case-a-r1", default))!;
        Assert.Equal(5 * Instances, found.Votes.Select(vote => vote.By.Id).Distinct().Count());
        Assert.Equal(5 * Instances, found.Votes.Count);
        Assert.Single(await instances[0].Approvals.ListAsync(null, default));
    }

    [RecordsFact]
    public async Task Change_ConclusionOnAllInstances_FirstOneStands()
    {
        OpenedRecords[] instances = await _place.OpenAsync(Instances);
        await instances[0].Approvals.OpenAsync(Samples.Round(), default);

        ApprovalRound[] all = await RaceAsync(instances, 1, (records, number) =>
            records.Approvals.ChangeAsync("case-a-r1", round => round.IsOpen ? round with { Conclusion = Samples.Approved(Samples.At.AddHours(number)) } : null, default));

        DateTimeOffset first = Assert.Single(all.Select(round => round.Conclusion!.At).Distinct());
        Assert.Equal(first, Assert.Single(await instances[0].Approvals.ListConcludedAsync(10, default)).Conclusion!.At);
        Assert.Empty(await instances[0].Approvals.ListAsync(null, default));
    }

    [RecordsFact]
    public async Task Append_OnAllInstances_GivesOneChainWithEveryEntryOnce()
    {
        OpenedRecords[] instances = await _place.OpenAsync(Instances);

        await RaceAsync(instances, 40, async (records, number) =>
        {
            await records.Audit.AppendAsync(Samples.Entry($"case-{number % 3}", $"tool.{number}"), default);
            return number;
        });

        List<AuditRecord> log = await instances[0].Audit.ReadAsync(null, default).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 40 * Instances).Select(number => $"tool.{number}").Order(), log.Select(record => record.Entry.Tool).Order());
        foreach (OpenedRecords records in instances)
        {
            AuditVerdict verdict = await records.Audit.VerifyAsync(default);
            Assert.True(verdict.Holds, verdict.Finding);
        }

        Assert.Equal(40 * Instances, (await _place.Head.GetEntityAsync<Azure.Data.Tables.TableEntity>("audit", "head")).Value.GetInt64("Sequence"));
    }

    /// <summary>Every instance does it so many times, all at once; the numbers go round the instances.</summary>
    private static Task<T[]> RaceAsync<T>(OpenedRecords[] instances, int times, Func<OpenedRecords, int, Task<T>> act) =>
        Task.WhenAll(Enumerable.Range(0, times * instances.Length).Select(number => Task.Run(() => act(instances[number % instances.Length], number))));
}
