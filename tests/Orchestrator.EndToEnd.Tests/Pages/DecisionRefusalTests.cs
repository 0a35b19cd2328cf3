using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.EndToEnd.Tests.Running;
using Orchestrator.EndToEnd.Tests.Story;

namespace Orchestrator.EndToEnd.Tests.Pages;

/// <summary>Nothing but a signed-in approver's own post decides; what is refused is on the record.</summary>
[Collection(StoryCollection.Name)]
public sealed partial class DecisionRefusalTests(StoryScene shared)
{
    private readonly Scene _scene = shared.Scene;

    [Fact]
    public async Task Scanner_GetsAndHeadsEveryLink_ChangesNothing()
    {
        (string caseId, string approvalId, string charge) = await AskAsync("scanner");
        string before = (await ApprovalAsync(approvalId)).ToJsonString();
        HttpClient signedIn = await _scene.AsAsync(Scene.Ana);
        using HttpClient anonymous = _scene.Head.Anonymous();
        HashSet<string> links = [$"/approvals/{approvalId}", $"/cases/{caseId}", $"/approvals/{approvalId}/decision", $"/approvals/{approvalId}/review", $"/api/approvals/{approvalId}/decision"];
        foreach (string page in new[] { "/", "/approvals", $"/cases/{caseId}", "/audit" })
        {
            links.UnionWith(Links().Matches(await signedIn.GetStringAsync(new Uri(page, UriKind.Relative))).Select(link => WebUtility.HtmlDecode(link.Groups[1].Value)));
        }

        foreach (string link in links.Where(link => link.StartsWith('/')))
        {
            foreach (HttpClient http in new[] { anonymous, signedIn })
            {
                foreach (HttpMethod method in new[] { HttpMethod.Get, HttpMethod.Head })
                {
                    using var request = new HttpRequestMessage(method, link);
                    using HttpResponseMessage answer = await http.SendAsync(request);
                    Assert.True((int)answer.StatusCode < 500, $"{method} {link}: {answer.StatusCode}");
                }
            }
        }

        // That a signed-in person saw the page is the one thing a GET may note: it decides nothing.
        Assert.Equal(before, Opened().Replace((await ApprovalAsync(approvalId)).ToJsonString(), ""));
        Assert.Empty(await _scene.RefundsAsync(charge));
        Assert.Equal("awaitingApproval", (await _scene.CaseAsync(caseId))["phase"]!.GetValue<string>());
    }

    [Fact]
    public async Task Forged_WithoutSignInOrWithAnIdentityInTheBody_IsRefused()
    {
        (_, string approvalId, string charge) = await AskAsync("forged");
        using HttpClient anonymous = _scene.Head.Anonymous();
        var body = new JsonObject { ["kind"] = "approve", ["messagesSeen"] = 1, ["by"] = Scene.Ana, ["person"] = new JsonObject { ["id"] = Scene.Ana, ["groups"] = new JsonArray("support") } };
        using (HttpResponseMessage answer = await HeadProcess.PostAsync(anonymous, $"/api/approvals/{approvalId}/decision", body))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        foreach (string header in new[] { "X-MS-CLIENT-PRINCIPAL-NAME", "X-Forwarded-User", "X-Auth-Request-Email", "Remote-User" })
        {
            using HttpClient pretender = _scene.Head.Anonymous();
            pretender.DefaultRequestHeaders.Add(header, Scene.Ana);
            using HttpResponseMessage answer = await HeadProcess.PostAsync(pretender, $"/api/approvals/{approvalId}/decision", body.DeepClone());
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        using (HttpClient machine = _scene.Head.Operator())
        using (HttpResponseMessage answer = await HeadProcess.PostAsync(machine, $"/api/approvals/{approvalId}/decision", body.DeepClone()))
        {
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await _scene.DecideAsync(approvalId, "mallory@example.com", "approve", decision => decision["by"] = Scene.Ana)).Status);
        Assert.Empty(await _scene.RefundsAsync(charge));
    }

    [Fact]
    public async Task WrongGroupRequesterAndReplay_AreRefusedAndAudited()
    {
        (string caseId, string approvalId, string charge) = await AskAsync("replay");
        Assert.Equal(HttpStatusCode.Forbidden, (await _scene.DecideAsync(approvalId, "fay@example.com", "approve")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _scene.DecideAsync(approvalId, Unique.Mail("replay"), "approve")).Status);
        await _scene.ApproveAsync(approvalId);
        (HttpStatusCode status, JsonNode? body) = await _scene.DecideAsync(approvalId, "ben@example.com", "deny");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("ana", body!.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        await _scene.WaitForEndAsync(caseId);
        Assert.Single(await _scene.RefundsAsync(charge));
        string[] outcomes = [.. (await _scene.AuditAsync(caseId)).Select(record => record["entry"] ?? record).Where(entry => entry["tool"]!.GetValue<string>().StartsWith("approvals.", StringComparison.Ordinal)).Select(entry => entry["outcome"]!.GetValue<string>())];
        Assert.Contains("refused: NotInGroup", outcomes);
        Assert.Contains("refused: AlreadyDecided", outcomes);
        Assert.Equal(1, outcomes.Count(outcome => outcome == "succeeded"));
    }

    [Fact]
    public async Task CodeUsedTwice_OpensNothingTheSecondTime()
    {
        string code = _scene.Head.Code();
        using HttpClient first = await _scene.Head.SignInAsync(Scene.Ana);
        using HttpClient second = _scene.Head.Anonymous();
        using HttpResponseMessage answer = await HeadProcess.PostAsync(second, "/api/signin", new JsonObject { ["who"] = Scene.Ana, ["code"] = code });
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<(string CaseId, string ApprovalId, string Charge)> AskAsync(string name)
    {
        string order = Unique.Order("7") + name.Length.ToString(CultureInfo.InvariantCulture) + name[0];
        string charge = await _scene.SellAsync(Unique.Mail(name), "Nell Name", 4200, "eur", order);
        string caseId = await _scene.SendMailAsync(Unique.Mail(name), "Refund", $"Please refund my order {order}, it never arrived.");
        return (caseId, (await _scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>(), charge);
    }

    private async Task<JsonNode> ApprovalAsync(string approvalId)
    {
        using HttpClient http = _scene.Head.Operator();
        return JsonNode.Parse(await http.GetStringAsync(new Uri($"/api/approvals/{approvalId}", UriKind.Relative)))!;
    }

    [GeneratedRegex("\"firstOpenedAt\":\"[^\"]*\",")]
    private static partial Regex Opened();

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Links();
}
