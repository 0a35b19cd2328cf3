using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Crashes;

/// <summary>The process dies at a step's boundary, or inside the refund call: one refund, one mail, chain intact, whatever the moment.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    private Scene _scene = null!;

    /// <summary>Every step of the clear refund, before it runs and after its effect but before its result is recorded.</summary>
    private static IEnumerable<string> Boundaries => new[] { "Understand", "FetchHistory", "ReadCharges", "ApplyPolicy", "OpenApproval", "PostNotice", "ConcludeApproval", "IssueRefund", "SendMail", "CloseCase" }
        .SelectMany(step => new[] { $"BeforeActivity:{step}", $"AfterActivityReturn:{step}" });

    public async Task InitializeAsync() => _scene = await Scene.StartAsync();

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [OwnHeadFact("it kills itself at a named point")]
    public async Task KilledAtEveryStepBoundary_OneRefundOneMailChainIntact()
    {
        int number = 0;
        foreach (string point in Boundaries)
        {
            string email = Unique.Mail($"crash{++number}");
            string charge = await _scene.SellAsync(email, "Cara Crash", 4200, "eur", $"W-4{number:000}");
            await _scene.RestartAsync(new Dictionary<string, string> { ["ORCHESTRATOR_CRASH_AT"] = point });
            string mail = $"<{Guid.NewGuid()}@customer.example>";
            string? approved = null;
            string? caseId = null;
            await PlayUntilDeadAsync();
            await _scene.RestartAsync();
            caseId = await SendAsync();
            if (approved is null)
            {
                approved = (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();
                await _scene.ApproveAsync(approved);
            }
            else if ((await OpenAsync(caseId)) is { } stillOpen)
            {
                await _scene.ApproveAsync(stillOpen);
            }

            JsonNode end = await _scene.WaitForEndAsync(caseId);
            Assert.True(end["end"]?.GetValue<string>() == "refunded", $"{point}: {end.ToJsonString()}");
            IReadOnlyList<JsonNode> refunds = await _scene.RefundsAsync(charge);
            Assert.True(refunds.Count == 1, $"{point}: {refunds.Count} refunds");
            IReadOnlyList<JsonNode> mails = await _scene.MailsToAsync(email);
            Assert.True(mails.Count == 1, $"{point}: {mails.Count} mails");

            async Task PlayUntilDeadAsync()
            {
                try
                {
                    caseId = await SendAsync();
                    string open = (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();
                    approved = open;
                    await _scene.ApproveAsync(open);
                    await _scene.WaitForEndAsync(caseId);
                    Assert.Fail($"{point} was never reached.");
                }
                catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
                {
                    await _scene.Head.WaitForExitAsync();
                }
            }

            Task<string> SendAsync() => _scene.SendMailAsync(email, "Refund", $"Please refund order W-4{number:000}, it never arrived.", mail);
        }

        await _scene.AssertChainHoldsAsync();
    }

    [OwnHeadFact("it is killed inside a call, and the sandbox's clock goes on by a day")]
    public async Task KilledInsideTheRefundCallAfterItsEffect_AdoptsTheRefundThatIsThere()
    {
        string email = Unique.Mail("inside");
        string order = Unique.Order("5001");
        string charge = await _scene.SellAsync(email, "Ina Inside", 4200, "eur", order);
        string caseId = await _scene.SendMailAsync(email, "Refund", $"Please refund order {order}, it never arrived.");
        string approvalId = (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();

        // The effect happens, the answer never comes; the process is gone before it could try again.
        await _scene.Sandbox.FaultAsync(_scene.Sandbox.Stripe, new JsonObject { ["method"] = "POST", ["path"] = "/v1/refunds", ["kind"] = "cutAfter", ["times"] = 0 });
        await _scene.ApproveAsync(approvalId);
        await Eventually.TrueAsync(async () => (await _scene.RefundsAsync(charge)).Count == 1, Eventually.Patience, () => "No refund was made.");
        await _scene.Head.KillAsync();
        await _scene.Sandbox.MendAsync(_scene.Sandbox.Stripe);

        // A day later Stripe has forgotten the idempotency key: only reading first can tell.
        await _scene.Sandbox.PostAsync(_scene.Sandbox.Stripe, "_sandbox/clock", new JsonObject { ["advanceSeconds"] = 90_000 });
        await _scene.RestartAsync();
        Assert.Equal("refunded", (await _scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());
        Assert.Single(await _scene.RefundsAsync(charge));
        Assert.Single(await _scene.MailsToAsync(email));
        await _scene.AssertChainHoldsAsync();
    }

    private async Task<string?> OpenAsync(string caseId)
    {
        using HttpClient http = _scene.Head.Operator();
        JsonNode open = JsonNode.Parse(await http.GetStringAsync(new Uri("/api/approvals?state=open", UriKind.Relative)))!;
        JsonArray list = open as JsonArray ?? open["approvals"]!.AsArray();
        return list.FirstOrDefault(one => one!["caseId"]!.GetValue<string>() == caseId)?["approvalId"]!.GetValue<string>();
    }
}
