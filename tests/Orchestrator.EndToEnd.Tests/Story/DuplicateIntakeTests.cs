using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Story;

/// <summary>A mail gateway that got no answer sends again, and two of them send at once.</summary>
[Collection(StoryCollection.Name)]
public sealed class DuplicateIntakeTests(StoryScene shared)
{
    private readonly Scene _scene = shared.Scene;

    [Fact]
    public async Task SameMessageId_AtOnceAndLater_IsOneCaseAndOneRefund()
    {
        string email = Unique.Mail("twice");
        string order = Unique.Order("2801");
        string charge = await _scene.SellAsync(email, "Tess Twice", 4200, "eur", order);
        string messageId = $"<{Guid.NewGuid()}@customer.example>";

        string[] cases = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync()));
        string caseId = Assert.Single(cases.Distinct());
        string approvalId = (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();
        Assert.Equal(caseId, await SendAsync());

        // A message that was new would have made the approver's page stale.
        await _scene.ApproveAsync(approvalId);
        Assert.Equal("refunded", (await _scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());
        Assert.Equal(caseId, await SendAsync());

        JsonNode only = Assert.Single(await _scene.FindCasesAsync(email));
        Assert.Equal(caseId, only["caseId"]!.GetValue<string>());
        Assert.Single(await _scene.RefundsAsync(charge));
        Assert.Single(await _scene.MailsToAsync(email));

        Task<string> SendAsync() => _scene.SendMailAsync(email, "Refund", $"Please refund order {order}, it never arrived.", messageId);
    }
}
