using System.Net;
using Orchestrator.Operations.Tests.Hosting;

namespace Orchestrator.Operations.Tests.Approvals;

/// <summary>Decisions that none of our pages asked for: they decide nothing, and leave a trace that nobody can make long.</summary>
public sealed class FormForgeryTests
{
    private const string Path = "/approvals/" + Given.ApprovalId;

    [Fact]
    public async Task Decision_WithoutOrWithSomebodyElsesFormToken_IsRefusedAndOnRecord()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();
        using HttpClient ben = await surface.SignedInAsync("ben@shop.example");
        string bens = await ben.GetStringAsync(Path);

        using HttpResponseMessage none = await ana.PostAsync(Path + "/decision", new FormUrlEncodedContent([new("kind", "approve"), new("messagesSeen", "1")]));
        using HttpResponseMessage foreign = await ana.PostAsync(Path + "/decision", Html.Form(bens, ("kind", "approve"), ("messagesSeen", "1")));

        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        Assert.Contains("nothing was decided", Html.Text(await none.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Single(surface.Audit.Entries, entry => entry is { Tool: "approvals.decide", Outcome: "refused: forged", Actor: "person/ana@shop.example" });
        Assert.Empty((await surface.Approvals.FindAsync(Given.ApprovalId, default))!.Votes);
    }

    [Fact]
    public async Task Forgeries_InNumbersAndOfApprovalsThatAreNot_FillNoRecord()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient ana = await surface.SignedInAsync();
        int before = surface.Audit.Entries.Count;

        for (int number = 0; number < 50; number++)
        {
            foreach (string path in new[] { Path, $"/approvals/case-none{number}-r1" })
            {
                using HttpResponseMessage answer = await ana.PostAsync(path + "/decision", new FormUrlEncodedContent([new("kind", "approve"), new("messagesSeen", "1")]));
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            }
        }

        Assert.Equal(before + 1, surface.Audit.Entries.Count);
    }

    [Fact]
    public async Task Decision_SignedOut_IsRefusedAndOnRecord()
    {
        await using Surface surface = await Surface.StartAsync();
        await surface.OpenApprovalAsync();
        using HttpClient nobody = surface.Browser();

        using HttpResponseMessage answer = await nobody.PostAsync(Path + "/decision", new FormUrlEncodedContent([new("kind", "approve"), new("messagesSeen", "1")]));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(surface.Audit.Entries, entry => entry is { Actor: "scanner", Tool: "approvals.decide", Outcome: "refused: signed out" });
        Assert.Empty((await surface.Approvals.FindAsync(Given.ApprovalId, default))!.Votes);
    }
}
