using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Connectors.Tests.Records.Contracts;

public abstract class CaseFilesContract(IRecordsPlace place) : RecordsContract(place)
{
    private ICaseFiles Cases => Records.Cases;

    [RecordsFact]
    public async Task TakeIn_SameMessageTwice_IsOneCase()
    {
        TakenIn first = await Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        TakenIn second = await Cases.TakeInAsync(Samples.Mail(thread: "another"), "case-2", Samples.At, default);

        Assert.Equal(new("case-1", TakenInAs.NewCase), first);
        Assert.Equal(new("case-1", TakenInAs.Duplicate), second);
    }

    [RecordsFact]
    public async Task TakeIn_MoreOpenCasesThanASenderMayHave_AreKeptWithTheNewestAndStartNothing()
    {
        for (int number = 1; number <= IntakeLimits.OpenCasesOfASender; number++)
        {
            Assert.Equal(new($"case-{number}", TakenInAs.NewCase), await Cases.TakeInAsync(Samples.Mail($"m{number}", thread: $"t{number}"), $"case-{number}", Samples.At.AddMinutes(number), default));
        }

        string newest = $"case-{IntakeLimits.OpenCasesOfASender}";
        for (int number = 0; number < 7; number++)
        {
            Assert.Equal(new(newest, TakenInAs.Beyond), await Cases.TakeInAsync(Samples.Mail($"more{number}", thread: $"more{number}"), $"case-more{number}", Samples.At.AddDays(1), default));
        }

        Assert.Equal(new(newest, TakenInAs.Duplicate), await Cases.TakeInAsync(Samples.Mail("more3", thread: "more3"), "case-again", Samples.At.AddDays(1), default));
        Assert.Equal(TakenInAs.Reply, (await Cases.TakeInAsync(Samples.Mail("r1", thread: "t1"), "case-r1", Samples.At.AddDays(1), default)).As);
        Assert.Equal(TakenInAs.NewCase, (await Cases.TakeInAsync(Samples.Mail("other", thread: "other", from: "somebody@example.net"), "case-other", Samples.At.AddDays(1), default)).As);
        Assert.Equal(TakenInAs.NewCase, (await Cases.TakeInAsync(Samples.Mail("forged", thread: "forged") with { Proof = SenderProof.Fails }, "case-forged", Samples.At.AddDays(1), default)).As);
        CaseFile file = (await Cases.FindAsync(newest, default))!;
        Assert.Equal((1, 7), (file.Messages.Count, file.Beyond));
        Assert.Equal(["more4", "more5", "more6"], file.NewestBeyond.Select(mail => mail.MessageId));

        await Cases.CloseAsync("case-3", Samples.At.AddDays(2), default);
        Assert.Equal(new("case-next", TakenInAs.NewCase), await Cases.TakeInAsync(Samples.Mail("next", thread: "next"), "case-next", Samples.At.AddDays(2), default));
    }

    [RecordsFact]
    public async Task CountOpenBySender_OpenOnesOfThatAddressThatAreTheirs()
    {
        foreach ((string id, string from, SenderProof proof) in new[] { ("1", "Ana@Example.com", SenderProof.NotReported), ("2", "ana@example.com", SenderProof.Holds), ("3", "ana@example.com", SenderProof.Fails), ("4", "ben@example.com", SenderProof.Holds), ("5", "ana@example.com", SenderProof.Holds) })
        {
            await Cases.TakeInAsync(Samples.Mail("m" + id, thread: "t" + id, from: from) with { Proof = proof }, "case-" + id, Samples.At, default);
        }

        Assert.Equal(2, await Cases.CountOpenBySenderAsync("ana@example.COM", "case-1", default));
        await Cases.CloseAsync("case-2", Samples.At, default);
        Assert.Equal(1, await Cases.CountOpenBySenderAsync("ana@example.com", "case-1", default));
        Assert.Equal(0, await Cases.CountOpenBySenderAsync("ben@example.com", "case-4", default));
    }

    [RecordsFact]
    public async Task TakeIn_ForgeriesInNumbers_UseUpNothingOfTheOwners()
    {
        for (int number = 0; number < IntakeLimits.OpenCasesOfASender + 5; number++)
        {
            await Cases.TakeInAsync(Samples.Mail($"f{number}", thread: $"f{number}") with { Proof = SenderProof.Fails }, $"case-f{number}", Samples.At, default);
        }

        Assert.Equal(TakenInAs.NewCase, (await Cases.TakeInAsync(Samples.Mail("own", thread: "own"), "case-own", Samples.At, default)).As);
    }

    [RecordsFact]
    public async Task TakeIn_MoreMailsOrLettersThanACaseMayHold_AreKeptBeyond()
    {
        await Cases.TakeInAsync(Samples.Mail("m0"), "case-1", Samples.At, default);
        for (int number = 1; number < IntakeLimits.MailsOfACase; number++)
        {
            Assert.Equal(TakenInAs.Reply, (await Cases.TakeInAsync(Samples.Mail($"m{number}"), "case-x", Samples.At, default)).As);
        }

        Assert.Equal(new("case-1", TakenInAs.Beyond), await Cases.TakeInAsync(Samples.Mail("one-more"), "case-x", Samples.At, default));
        await Cases.TakeInAsync(Samples.Mail("first", thread: "long", text: new('x', IntakeLimits.LettersOfACase + 10)), "case-2", Samples.At, default);
        Assert.Equal(new("case-2", TakenInAs.Reply), await Cases.TakeInAsync(Samples.Mail("long", thread: "long", text: new('x', IntakeLimits.LettersOfACase - 10)), "case-x", Samples.At, default));
        Assert.Equal(new("case-2", TakenInAs.Reply), await Cases.TakeInAsync(Samples.Mail("short", thread: "long", text: "ten letter"), "case-x", Samples.At, default));
        Assert.Equal(new("case-2", TakenInAs.Beyond), await Cases.TakeInAsync(Samples.Mail("too-much", thread: "long", text: "x"), "case-x", Samples.At, default));
        Assert.Equal((3, 1), ((await Cases.FindAsync("case-2", default))!.Messages.Count, (await Cases.FindAsync("case-2", default))!.Beyond));
    }

    [RecordsFact]
    public async Task TakeInAndNote_WithRecords_AreOnTheRecordTogether()
    {
        foreach (string message in new[] { "m1", "m2", "m1" })
        {
            await Cases.TakeInAsync(Samples.Mail(message), "case-" + message, Samples.At, taken => Samples.Entry(tool: $"{taken.As} {taken.CaseId}"), default);
        }

        await Cases.TakeInAsync(Samples.Mail("m1", from: "eve@example.net", text: "squatting"), "case-x", Samples.At, taken => Samples.Entry(tool: $"{taken.As} {taken.CaseId}"), default);
        await Cases.NoteAsync("case-m1", new(Samples.At, "ben@example.com", "cases.end", "Settled."), Samples.Entry(tool: "noted"), default);
        await Cases.NoteAsync("case-none", new(Samples.At, "ben@example.com", "cases.end", "Settled."), Samples.Entry(tool: "noted nowhere"), default);

        Assert.Equal(
            ["NewCase case-m1", "Reply case-m1", "Duplicate case-m1", "noted", "noted nowhere"],
            await Records.Audit.ReadAsync(null, default).Select(record => record.Entry.Tool).ToListAsync());
        Assert.Single((await Cases.FindAsync("case-m1", default))!.Notes);
    }

    [RecordsFact]
    public async Task TakeIn_OpenThread_IsAReplyInOrder()
    {
        await Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        TakenIn reply = await Cases.TakeInAsync(Samples.Mail("m2", text: "any news?"), "case-2", Samples.At, default);

        Assert.Equal(new("case-1", TakenInAs.Reply), reply);
        CaseFile file = (await Cases.FindAsync("case-1", default))!;
        Assert.Equal([Samples.Mail(), Samples.Mail("m2", text: "any news?")], file.Messages);
    }

    [RecordsFact]
    public async Task TakeIn_StrangerInAnOpenThread_HasACaseOfTheirOwn()
    {
        await Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);

        TakenIn stranger = await Cases.TakeInAsync(Samples.Mail("m2", from: "eve@example.net", text: "Refund it to me"), "case-2", Samples.At, default);
        TakenIn answer = await Cases.TakeInAsync(Samples.Mail("m3", text: "Thank you"), "case-3", Samples.At, default);
        TakenIn again = await Cases.TakeInAsync(Samples.Mail("m4", from: "EVE@example.net", text: "Now!"), "case-4", Samples.At, default);

        Assert.Equal((new("case-2", TakenInAs.NewCase), new("case-1", TakenInAs.Reply), new TakenIn("case-2", TakenInAs.Reply)), (stranger, answer, again));
        Assert.Equal(["m1", "m3"], (await Cases.FindAsync("case-1", default))!.Messages.Select(mail => mail.MessageId));
        Assert.Equal(["case-2"], await Cases.ListStrangersAsync("case-1", default));
        Assert.Equal(["case-1"], await Cases.ListStrangersAsync("case-2", default));
        await Cases.CloseAsync("case-2", Samples.At, default);
        Assert.Empty(await Cases.ListStrangersAsync("case-1", default));
    }

    [RecordsFact]
    public async Task TakeIn_SenderOfAnOpenThreadWrittenOtherwise_IsStillTheSame()
    {
        await Cases.TakeInAsync(Samples.Mail(from: "kim@müller.example"), "case-1", Samples.At, default);

        Assert.Equal(TakenInAs.Reply, (await Cases.TakeInAsync(Samples.Mail("m2", from: "Kim@XN--MLLER-KVA.example"), "case-2", Samples.At, default)).As);
        Assert.Equal(TakenInAs.NewCase, (await Cases.TakeInAsync(Samples.Mail("m3", from: "kim@muller.example"), "case-3", Samples.At, default)).As);
    }

    [RecordsFact]
    public async Task TakeIn_ReplyThatItsDomainDisowns_ChangesNothingInTheCase()
    {
        await Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);

        TakenIn forged = await Cases.TakeInAsync(Samples.Mail("m2", text: "Pay somebody else") with { Proof = SenderProof.Fails }, "case-2", Samples.At, default);
        TakenIn next = await Cases.TakeInAsync(Samples.Mail("m3", text: "And again") with { Proof = SenderProof.Fails }, "case-3", Samples.At, default);

        Assert.Equal((TakenInAs.NewCase, TakenInAs.NewCase), (forged.As, next.As));
        Assert.Single((await Cases.FindAsync("case-1", default))!.Messages);
    }

    [RecordsFact]
    public async Task TakeIn_IdOfAnotherMail_IsSaidAndStoresNothing()
    {
        await Cases.TakeInAsync(Samples.Mail(from: "eve@example.net", text: "squatter"), "case-1", Samples.At, default);

        Assert.Equal(TakenInAs.IdTaken, (await Cases.TakeInAsync(Samples.Mail(text: "Where is my order?"), "case-2", Samples.At, default)).As);
        Assert.Equal(TakenInAs.IdTaken, (await Cases.TakeInAsync(Samples.Mail(from: "eve@example.net", text: "other words"), "case-3", Samples.At, default)).As);
        Assert.Null(await Cases.FindAsync("case-2", default));
        Assert.Equal(TakenInAs.Duplicate, (await Cases.TakeInAsync(Samples.Mail(from: "eve@example.net", text: "squatter"), "case-4", Samples.At, default)).As);
    }

    [RecordsFact]
    public async Task TakeIn_ThreadOfAClosedCase_IsANewCase()
    {
        await Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        await Cases.CloseAsync("case-1", Samples.At.AddHours(1), default);
        await Cases.CloseAsync("case-1", Samples.At.AddHours(9), default);

        TakenIn later = await Cases.TakeInAsync(Samples.Mail("m2"), "case-2", Samples.At, default);

        Assert.Equal(new("case-2", TakenInAs.NewCase), later);
        Assert.Equal(Samples.At.AddHours(1), (await Cases.FindAsync("case-1", default))!.ClosedAt);
        Assert.Equal(["case-2"], await Cases.ListOpenAsync(default));
    }

    [RecordsFact]
    public async Task TakeIn_MailsWithoutThread_AreCasesOfTheirOwn()
    {
        await Cases.TakeInAsync(Samples.Mail("m1", ""), "case-1", Samples.At, default);
        TakenIn second = await Cases.TakeInAsync(Samples.Mail("m2", ""), "case-2", Samples.At, default);

        Assert.Equal(TakenInAs.NewCase, second.As);
    }

    [RecordsFact]
    public async Task TakeIn_SameMessageFromManySides_OpensOneCase()
    {
        TakenIn[] all = await Task.WhenAll(Enumerable.Range(0, 50).Select(number =>
            Task.Run(() => Cases.TakeInAsync(Samples.Mail(), $"case-{number}", Samples.At, default))));

        Assert.Single(all, taken => taken.As == TakenInAs.NewCase);
        Assert.Single(all.Select(taken => taken.CaseId).Distinct());
    }

    [RecordsFact]
    public async Task Find_AfterRestart_KnowsEverything()
    {
        await Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        await Cases.NoteCustomerAsync("case-1", "Ana P.", default);
        await RestartAsync();

        CaseFile file = (await Cases.FindAsync("case-1", default))!;

        Assert.Equal("Ana P.", file.CustomerName);
        Assert.Equal(Samples.At, file.OpenedAt);
        Assert.Null(file.ClosedAt);
        Assert.Equal(Samples.Mail(), file.First);
        Assert.Null(await Cases.FindAsync("case-none", default));
    }

    [RecordsFact]
    public async Task ListBySender_AnyLetterCase_NewestFirstWithoutThisOne()
    {
        for (int number = 1; number <= 25; number++)
        {
            await Cases.TakeInAsync(Samples.Mail($"m{number}", $"t{number}", "Ana@Example.com"), $"case-{number}", Samples.At.AddMinutes(number), default);
            await Cases.CloseAsync($"case-{number}", Samples.At.AddMinutes(number), default);
        }

        IReadOnlyList<string> found = await Cases.ListBySenderAsync("ana@example.COM", "case-25", default);

        Assert.Equal(Enumerable.Range(5, 20).Reverse().Select(number => $"case-{number}"), found);
    }

    [RecordsFact]
    public async Task ListOpen_SomeClosed_OldestFirst()
    {
        foreach (int number in (int[])[3, 1, 4, 2])
        {
            await Cases.TakeInAsync(Samples.Mail($"m{number}", $"t{number}"), $"case-{number}", Samples.At.AddMinutes(number), default);
        }

        await Cases.CloseAsync("case-2", Samples.At.AddHours(1), default);

        Assert.Equal(["case-1", "case-3", "case-4"], await Cases.ListOpenAsync(default));
    }

    [RecordsFact]
    public async Task Note_Several_AreKeptInOrderAlsoOnAClosedCase()
    {
        CaseNote first = new(Samples.At, "ana@example.com", "cases.end", "Settled by phone.");
        CaseNote second = first with { At = Samples.At.AddHours(1), Words = "She called again." };
        await Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);

        await Cases.NoteAsync("case-1", first, default);
        await Cases.CloseAsync("case-1", Samples.At, default);
        await Cases.NoteAsync("case-1", second, default);

        Assert.Equal([first, second], (await Cases.FindAsync("case-1", default))!.Notes);
    }

    [RecordsFact]
    public async Task Changes_OfAnUnknownCase_AreNothing()
    {
        await Cases.NoteAsync("case-none", new(Samples.At, "ana@example.com", "cases.end", "Settled by phone."), default);
        await Cases.NoteCustomerAsync("case-none", "Ana P.", default);
        await Cases.CloseAsync("case-none", Samples.At, default);

        Assert.Null(await Cases.FindAsync("case-none", default));
    }

    [RecordsFact]
    public async Task NoteCustomer_Again_CountsAsLastSaid()
    {
        await Cases.TakeInAsync(Samples.Mail(), "case-1", Samples.At, default);
        await Cases.NoteCustomerAsync("case-1", "Ana P.", default);
        await Cases.NoteCustomerAsync("case-1", null, default);

        Assert.Null((await Cases.FindAsync("case-1", default))!.CustomerName);
    }
}
