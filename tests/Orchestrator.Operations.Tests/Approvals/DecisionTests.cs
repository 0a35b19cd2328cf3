using System.Net;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Payments;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.Approvals;

public sealed class DecisionTests
{
    private const string Path = "/approvals/" + Given.ApprovalId;

    [Fact]
    public async Task Approve_AfterReview_CountsOnceAndShowsWhoDecided()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();

        string page = await ana.GetStringAsync(Path);
        using HttpResponseMessage review = await PostAsync(ana, "review", page, ("kind", "approve"), ("messagesSeen", "1"), ("subject", Html.Field(page, "subject")));
        string check = await review.Content.ReadAsStringAsync();
        Assert.True((await Round(surface)).IsOpen);
        using HttpResponseMessage decided = await PostAsync(ana, "decision", check, ("kind", "approve"), ("messagesSeen", "1"), ("charge", Html.Field(check, "charge")), ("amount", Html.Field(check, "amount")));
        string after = await ana.GetStringAsync(decided.Headers.Location);
        using HttpResponseMessage again = await PostAsync(ana, "decision", check, ("kind", "approve"), ("messagesSeen", "1"));

        Assert.Contains("Check before money moves", check, StringComparison.Ordinal);
        Assert.Contains("Petra Kunde, back to visa 4242", Html.Text(check), StringComparison.Ordinal);
        Assert.Contains("Dear Petra Kunde, we refund EUR 420.00.", Html.Text(check), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, decided.StatusCode);
        Assert.Contains("Approved by Ana for EUR 420.00, 20 Nov 2026, 14:00 UTC", Html.Text(after), StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"kind\"", after, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("Ana approved this at 20 Nov 2026, 14:00 UTC: EUR 420.00. Nothing was changed by your click.", Html.Text(await again.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Single((await Round(surface)).Votes);
        Assert.Single(surface.Orchestrations.Events);
    }

    [Fact]
    public async Task Decision_StoredAsTheBackendIsLost_IsAnsweredAsRecordedOnThePage()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();
        string page = await ana.GetStringAsync(Path);
        surface.Orchestrations.BreakAtEvent = new InvalidOperationException("The task hub is gone.");

        using HttpResponseMessage decided = await PostAsync(ana, "decision", page, ("kind", "approve"), ("messagesSeen", "1"));

        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        Assert.Contains("Your decision is recorded", Html.Text(await decided.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(ConclusionKind.Approved, (await Round(surface)).Conclusion!.Kind);
    }

    [Fact]
    public async Task Decision_StoredAsTheBackendIsLost_IsAnsweredAsRecordedByTheApi()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();
        surface.Orchestrations.BreakAtEvent = new InvalidOperationException("The task hub is gone.");

        using var body = new StringContent("""{"kind":"approve","messagesSeen":1}""", System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/approvals/{Given.ApprovalId}/decision") { Content = body };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using HttpResponseMessage decided = await ana.SendAsync(request);
        string answer = await decided.Content.ReadAsStringAsync();

        Assert.True(decided.StatusCode == HttpStatusCode.OK, answer);
        Assert.Contains("\"conclusion\":{\"kind\":\"approved\"", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(ConclusionKind.Approved, (await Round(surface)).Conclusion!.Kind);
    }

    [Fact]
    public async Task StaleTab_OfAnotherApprover_IsToldWhoDecided()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();
        using HttpClient ben = await surface.SignedInAsync("ben@shop.example");
        string stale = await ben.GetStringAsync(Path);
        await DecideAsync(ana, ("kind", "approve"), ("messagesSeen", "1"));

        using HttpResponseMessage late = await PostAsync(ben, "decision", stale, ("kind", "deny"), ("reason", "no"), ("messagesSeen", "1"));

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("Ana approved this", Html.Text(await late.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(ConclusionKind.Approved, (await Round(surface)).Conclusion!.Kind);
        Assert.Contains(surface.Audit.Entries, entry => entry is { Actor: "person/ben@shop.example", Outcome: "refused: AlreadyDecided" });
    }

    [Theory]
    [InlineData("eur", 42_000, "300.00", 30_000)]
    [InlineData("eur", 42_000, "300,5", 30_050)]
    [InlineData("jpy", 4_200, "300", 300)]
    [InlineData("kwd", 42_000, "1.250", 1_250)]
    public async Task ApproveLess_InMajorUnits_IsTheRightAmount(string currency, long proposed, string typed, long minor)
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync(Given.Proposal(charges: [Given.Charge(refund: proposed, currency: currency)]));
        using HttpClient ana = await surface.SignedInAsync();

        string page = await ana.GetStringAsync(Path);
        using HttpResponseMessage review = await PostAsync(ana, "review", page, ("kind", "less"), ("amount", typed), ("messagesSeen", "1"));
        string check = await review.Content.ReadAsStringAsync();
        using HttpResponseMessage decided = await PostAsync(ana, "decision", check, ("kind", "less"), ("amount", Html.Field(check, "amount")), ("messagesSeen", "1"));

        Assert.Contains("The policy is asked again", check, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, decided.StatusCode);
        Assert.Equal(new Money(minor, Currency.Parse(currency)), (await Round(surface)).Conclusion!.Amount);
    }

    [Theory]
    [InlineData("eur", "1,250", "can mean two amounts")]
    [InlineData("eur", "1.2.3", "as digits")]
    [InlineData("eur", "12.345", "EUR has 2 decimals")]
    [InlineData("jpy", "12.5", "JPY has no decimals")]
    [InlineData("eur", "420.01", "at most what was proposed")]
    [InlineData("eur", "0", "more than nothing")]
    [InlineData("eur", "-5", "as digits")]
    [InlineData("eur", "", "as digits")]
    [InlineData("eur", "9e9", "as digits")]
    public async Task ApproveLess_WithAWrongAmount_IsRefusedInWords(string currency, string typed, string sentence)
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync(Given.Proposal(charges: [Given.Charge(refund: 42_000, currency: currency)]));
        using HttpClient ana = await surface.SignedInAsync();
        string page = await ana.GetStringAsync(Path);

        foreach (string step in new[] { "review", "decision" })
        {
            using HttpResponseMessage answer = await PostAsync(ana, step, page, ("kind", "less"), ("amount", typed), ("messagesSeen", "1"));

            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(sentence, Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }

        Assert.Empty((await Round(surface)).Votes);
    }

    [Fact]
    public async Task Approve_WithSeveralChargesAndNoneChosen_IsRefusedThenTakesTheChoice()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync(Given.Proposal(charges: [Given.Charge("ch_1"), Given.Charge("ch_2", 1_000, 1_000)]));
        using HttpClient ana = await surface.SignedInAsync();
        string page = await ana.GetStringAsync(Path);

        using HttpResponseMessage none = await PostAsync(ana, "review", page, ("kind", "approve"), ("messagesSeen", "1"));
        using HttpResponseMessage foreign = await PostAsync(ana, "review", page, ("kind", "approve"), ("charge", "ch_9"), ("messagesSeen", "1"));
        using HttpResponseMessage chosen = await PostAsync(ana, "decision", page, ("kind", "approve"), ("charge", "ch_2"), ("messagesSeen", "1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        Assert.Contains("Choose the one to refund", Html.Text(await none.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, chosen.StatusCode);
        Assert.Equal("ch_2", (await Round(surface)).Conclusion!.Charge!.Value.Value);
    }

    [Fact]
    public async Task Deny_WithoutAReason_AsksForOneAndWithOneTellsTheCustomer()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();
        string page = await ana.GetStringAsync(Path);
        using HttpResponseMessage review = await PostAsync(ana, "review", page, ("kind", "deny"), ("messagesSeen", "1"));
        string form = await review.Content.ReadAsStringAsync();

        using HttpResponseMessage missing = await PostAsync(ana, "decision", form, ("kind", "deny"), ("messagesSeen", "1"), ("tellCustomer", "yes"), ("denialBody", "We can't, sorry."), ("denialSubject", "No"));
        string again = await missing.Content.ReadAsStringAsync();
        using HttpResponseMessage denied = await PostAsync(ana, "decision", again, ("kind", "deny"), ("preset", "Signs of misuse"), ("reason", "third time"), ("messagesSeen", "1"), ("tellCustomer", "yes"), ("denialBody", "We can't, sorry."), ("denialSubject", "No"));

        Assert.Contains("Why not?", form, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.StatusCode);
        Assert.Contains("A denial needs a reason.", Html.Text(again), StringComparison.Ordinal);
        Assert.Contains("We can&#x27;t, sorry.", again, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, denied.StatusCode);
        Conclusion conclusion = (await Round(surface)).Conclusion!;
        Assert.Equal((ConclusionKind.Denied, "Signs of misuse: third time", "We can't, sorry."), (conclusion.Kind, conclusion.Reason, conclusion.Mail!.Body));
    }

    [Fact]
    public async Task Deny_WithoutTellingTheCustomer_SendsNoMail()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();

        await DecideAsync(ana, ("kind", "deny"), ("reason", "settled by phone"), ("messagesSeen", "1"));

        Assert.Null((await Round(surface)).Conclusion!.Mail);
    }

    [Fact]
    public async Task Mail_WhenEdited_GoesOutAsEditedAndOnlyThen()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync(Given.Proposal(new([new("finance", 2)], null, TimeSpan.FromHours(4), TimeSpan.FromHours(24), TimeSpan.FromDays(3))));
        using HttpClient ana = await surface.SignedInAsync();
        using HttpClient ben = await surface.SignedInAsync("ben@shop.example");
        string untouched = Given.Proposal().Mail.Body.ReplaceLineEndings("\r\n");

        await DecideAsync(ana, ("kind", "approve"), ("subject", "Your refund"), ("body", untouched), ("messagesSeen", "1"));
        ApprovalRound half = await Round(surface);
        await DecideAsync(ben, ("kind", "approve"), ("subject", "Good news"), ("body", "{customer}: {amount} by {date}"), ("messagesSeen", "1"));

        Assert.Null(half.Votes[0].Mail);
        Assert.True(half.IsOpen);
        Assert.Equal(new("Good news", "{customer}: {amount} by {date}"), (await Round(surface)).Conclusion!.Mail);
    }

    [Theory]
    [InlineData("Your refund\r\nBcc: all@x.example", "fine", "one line")]
    [InlineData("", "fine", "needs a subject")]
    [InlineData("Hello", "  ", "needs a text")]
    [InlineData("Hello", "Dear {name}", "Nothing fills the placeholder {name}")]
    public async Task Mail_ThatCannotBeSent_IsRefusedInWords(string subject, string body, string sentence)
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();

        using HttpResponseMessage answer = await PostAsync(ana, "decision", await ana.GetStringAsync(Path), ("kind", "approve"), ("subject", subject), ("body", body), ("messagesSeen", "1"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(sentence, Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Empty((await Round(surface)).Votes);
    }

    [Fact]
    public async Task TwoApprovers_AreCountedAndASecondVoteOfOneIsNot()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync(Given.Proposal(new([new("finance", 1), new("leads", 1)], null, TimeSpan.FromHours(4), TimeSpan.FromHours(24), TimeSpan.FromDays(3))));
        using HttpClient ana = await surface.SignedInAsync();
        using HttpClient lea = await surface.SignedInAsync("lea@shop.example");

        using HttpResponseMessage first = await DecideAsync(ana, ("kind", "approve"), ("messagesSeen", "1"));
        string waiting = await ana.GetStringAsync(first.Headers.Location);
        using HttpResponseMessage twice = await PostAsync(ana, "decision", waiting, ("kind", "approve"), ("messagesSeen", "1"));
        string benefit = Html.Text(waiting);
        await DecideAsync(lea, ("kind", "approve"), ("messagesSeen", "1"));

        Assert.Contains("Your decision counts. 1 more to go.", benefit, StringComparison.Ordinal);
        Assert.Contains("1 of 2 so far", benefit, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Equal(["ana@shop.example", "lea@shop.example"], (await Round(surface)).Conclusion!.By);
    }

    [Fact]
    public async Task Decision_AfterTheDeadline_IsGone()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();
        string page = await ana.GetStringAsync(Path);
        surface.Clock.Advance(TimeSpan.FromDays(3));
        using HttpClient later = await surface.SignedInAsync();

        using HttpResponseMessage review = await PostAsync(later, "review", await later.GetStringAsync(Path), ("kind", "approve"), ("messagesSeen", "1"));
        using HttpResponseMessage answer = await PostAsync(later, "decision", await later.GetStringAsync(Path), ("kind", "approve"), ("messagesSeen", "1"));

        Assert.Contains("value=\"approve\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, review.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains("ended at 23 Nov 2026, 14:00 UTC without a decision", Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Empty((await Round(surface)).Votes);
    }

    [Fact]
    public async Task Decision_WhenTheCustomerWroteAgain_IsRefusedAndShowsTheNewMessage()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();
        string page = await ana.GetStringAsync(Path);
        await surface.Files.TakeInAsync(Given.Mail("m-2", "It arrived after all, forget it."), "case-other", surface.Clock.GetUtcNow(), default);

        using HttpResponseMessage answer = await PostAsync(ana, "decision", page, ("kind", "approve"), ("messagesSeen", Html.Field(page, "messagesSeen")));
        string shown = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("The customer wrote again", Html.Text(shown), StringComparison.Ordinal);
        Assert.Contains("It arrived after all", shown, StringComparison.Ordinal);
        Assert.Equal("2", Html.Field(shown, "messagesSeen"));
        Assert.True((await Round(surface)).IsOpen);
    }

    [Theory]
    [InlineData("lea@shop.example", "Only finance may decide", "refused: NotInGroup")]
    [InlineData("ana@shop.example", "somebody else has to decide", "refused: Requester")]
    public async Task Decision_BySomebodyWhoMayNot_IsForbiddenAndOnRecord(string who, string sentence, string outcome)
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync(mail: Given.Mail(from: "ana@shop.example"));
        using HttpClient visitor = await surface.SignedInAsync(who);

        using HttpResponseMessage review = await PostAsync(visitor, "review", await visitor.GetStringAsync(Path), ("kind", "approve"), ("messagesSeen", "1"));
        using HttpResponseMessage answer = await PostAsync(visitor, "decision", await visitor.GetStringAsync(Path), ("kind", "approve"), ("messagesSeen", "1"), ("who", "ben@shop.example"), ("person", "ben@shop.example"));

        Assert.Equal(HttpStatusCode.Forbidden, review.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(sentence, Html.Text(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Contains(surface.Audit.Entries, entry => entry.Actor == "person/" + who && entry.Outcome == outcome);
        Assert.Empty((await Round(surface)).Votes);
    }

    [Fact]
    public async Task Vote_OfSomebodyWhoLostTheRightBeforeTheLastVote_DoesNotCountAndThePageSaysWhy()
    {
        await using Surface surface = await Surface.StartAsync();
        surface.Policy.Groups["finance"] = ["ana@shop.example", "ben@shop.example", "cem@shop.example"];
        await surface.OpenApprovalAsync(Given.Proposal(TestPolicy.OneOfFinance with { Stages = [new("finance", 2)] }));
        using HttpClient ana = await surface.SignedInAsync();
        using HttpClient ben = await surface.SignedInAsync("ben@shop.example");
        using HttpClient cem = await surface.SignedInAsync("cem@shop.example");

        using HttpResponseMessage ofAna = await DecideAsync(ana, ("kind", "approve"), ("messagesSeen", "1"));
        surface.Policy.Groups["finance"] = ["ben@shop.example", "cem@shop.example"];
        using HttpResponseMessage ofBen = await DecideAsync(ben, ("kind", "approve"), ("messagesSeen", "1"));
        Assert.True((await Round(surface)).IsOpen);
        Assert.Contains("Does not count: the policy no longer lists them in a group that decides.", Html.Text(await ben.GetStringAsync(Path)), StringComparison.Ordinal);
        Assert.Contains("1 of 2 so far", Html.Text(await ben.GetStringAsync(Path)), StringComparison.Ordinal);
        using HttpResponseMessage ofCem = await DecideAsync(cem, ("kind", "approve"), ("messagesSeen", "1"));

        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther], new[] { ofAna, ofBen, ofCem }.Select(answer => answer.StatusCode));
        Assert.Equal(["ben@shop.example", "cem@shop.example"], (await Round(surface)).Conclusion!.By);
    }

    [Fact]
    public async Task Page_OnceRefunded_NamesTheRefund()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();
        await DecideAsync(ana, ("kind", "approve"), ("messagesSeen", "1"));
        surface.Orchestrations.Put(Given.CaseId, new(CasePhase.Settling, "Waiting for Stripe to settle the refund.", null, new Money(42_000, Currency.Parse("eur")), ChargeId.From("ch_1"), RefundId.From("re_77")));

        string text = Html.Text(await ana.GetStringAsync(Path));

        Assert.Contains("Refund sent: re_77. Waiting for Stripe to settle the refund.", text, StringComparison.Ordinal);
    }

    private static async Task<ApprovalRound> Round(Surface surface) => (await surface.Approvals.FindAsync(Given.ApprovalId, default))!;

    private static async Task<HttpResponseMessage> DecideAsync(HttpClient browser, params (string, string)[] fields) =>
        await PostAsync(browser, "decision", await browser.GetStringAsync(Path), fields);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string step, string page, params (string, string)[] fields) =>
        await browser.PostAsync($"{Path}/{step}", Html.Form(page, fields));
}
