using Orchestrator.Agents.Cases;
using Orchestrator.Connectors.Records;

namespace Orchestrator.Connectors.Tests.Records;

public sealed class SqliteCaseFilesTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SqliteRecords _records = null!;

    public async Task InitializeAsync() => _records = await OpenAsync();

    public async Task DisposeAsync()
    {
        await _records.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task TakeIn_SameMessageTwice_IsOneCase()
    {
        TakenIn first = await _records.Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        TakenIn second = await _records.Cases.TakeInAsync(Samples.Mail(thread: "another"), "case-2", Samples.At, default);

        Assert.Equal(new("case-1", TakenInAs.NewCase), first);
        Assert.Equal(new("case-1", TakenInAs.Duplicate), second);
    }

    [Fact]
    public async Task TakeIn_OpenThread_IsAReplyInOrder()
    {
        await _records.Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        TakenIn reply = await _records.Cases.TakeInAsync(Samples.Mail("m2", text: "any news?"), "case-2", Samples.At, default);

        Assert.Equal(new("case-1", TakenInAs.Reply), reply);
        CaseFile file = (await _records.Cases.FindAsync("case-1", default))!;
        Assert.Equal([Samples.Mail(), Samples.Mail("m2", text: "any news?")], file.Messages);
    }

    [Fact]
    public async Task TakeIn_ThreadOfAClosedCase_IsANewCase()
    {
        await _records.Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        await _records.Cases.CloseAsync("case-1", Samples.At.AddHours(1), default);
        await _records.Cases.CloseAsync("case-1", Samples.At.AddHours(9), default);

        TakenIn later = await _records.Cases.TakeInAsync(Samples.Mail("m2"), "case-2", Samples.At, default);

        Assert.Equal(new("case-2", TakenInAs.NewCase), later);
        Assert.Equal(Samples.At.AddHours(1), (await _records.Cases.FindAsync("case-1", default))!.ClosedAt);
        Assert.Equal(["case-2"], await _records.Cases.ListOpenAsync(default));
    }

    [Fact]
    public async Task TakeIn_MailsWithoutThread_AreCasesOfTheirOwn()
    {
        await _records.Cases.TakeInAsync(Samples.Mail("m1", ""), "case-1", Samples.At, default);
        TakenIn second = await _records.Cases.TakeInAsync(Samples.Mail("m2", ""), "case-2", Samples.At, default);

        Assert.Equal(TakenInAs.NewCase, second.As);
    }

    [Fact]
    public async Task TakeIn_SameMessageFromManySides_OpensOneCase()
    {
        TakenIn[] all = await Task.WhenAll(Enumerable.Range(0, 50).Select(number =>
            Task.Run(() => _records.Cases.TakeInAsync(Samples.Mail(), $"case-{number}", Samples.At, default))));

        Assert.Single(all, taken => taken.As == TakenInAs.NewCase);
        Assert.Single(all.Select(taken => taken.CaseId).Distinct());
    }

    [Fact]
    public async Task Find_AfterRestart_KnowsEverything()
    {
        await _records.Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        await _records.Cases.NoteCustomerAsync("case-1", "Ana P.", default);
        await _records.DisposeAsync();
        _records = await OpenAsync();

        CaseFile file = (await _records.Cases.FindAsync("case-1", default))!;

        Assert.Equal("Ana P.", file.CustomerName);
        Assert.Equal(Samples.At, file.OpenedAt);
        Assert.Null(file.ClosedAt);
        Assert.Equal(Samples.Mail(), file.First);
        Assert.Null(await _records.Cases.FindAsync("case-none", default));
    }

    [Fact]
    public async Task ListBySender_AnyLetterCase_NewestFirstWithoutThisOne()
    {
        for (int number = 1; number <= 25; number++)
        {
            await _records.Cases.TakeInAsync(Samples.Mail($"m{number}", $"t{number}", "Ana@Example.com"), $"case-{number}", Samples.At.AddMinutes(number), default);
        }

        IReadOnlyList<string> found = await _records.Cases.ListBySenderAsync("ana@example.COM", "case-25", default);

        Assert.Equal(Enumerable.Range(5, 20).Reverse().Select(number => $"case-{number}"), found);
    }

    private Task<SqliteRecords> OpenAsync() => SqliteRecords.OpenAsync(_folder.File("records.db"), TimeProvider.System, default);
}
