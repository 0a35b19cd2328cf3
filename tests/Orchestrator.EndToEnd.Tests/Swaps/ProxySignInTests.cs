using System.Net;
using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Swaps;

/// <summary>Sign-in by an authenticating proxy: its headers count, on connections from its address only.</summary>
public sealed class ProxySignInTests
{
    [OwnHeadFact("its settings name a proxy")]
    public async Task Headers_CountFromTheNamedAddressOnly_AndDecideThere()
    {
        await using Scene scene = await Scene.StartAsync(BehindProxyAt("127.0.0.9"));
        string charge = await scene.SellAsync("proxy@customer.example", "Pru Proxy", 4200, "eur", "W-4201");
        string caseId = await scene.SendMailAsync("proxy@customer.example", "W-4201", "Please refund my order W-4201, it never arrived.");
        string approvalId = (await scene.WaitForApprovalAsync(caseId))["approvalId"]!.GetValue<string>();

        // This test connects from 127.0.0.1, which is not the proxy.
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync(scene, approvalId));
        Assert.Equal(HttpStatusCode.Unauthorized, await ApproveAsync(scene, approvalId, Scene.Ana));
        Assert.Empty(await scene.RefundsAsync(charge));

        CommandResult typed = await CommandLine.RunAsync(scene.State, "approvals", "approve", approvalId, "--as", Scene.Ana);
        Assert.Equal(4, typed.Exit);
        Assert.Contains(new Uri(scene.Address, "approvals/" + approvalId).AbsoluteUri, typed.Error, StringComparison.Ordinal);
        Assert.Empty(typed.Out);

        await scene.RestartAsync(BehindProxyAt("127.0.0.1"));
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(scene, approvalId));
        Assert.Equal(HttpStatusCode.Forbidden, await ApproveAsync(scene, approvalId, "mallory@example.com"));
        Assert.Empty(await scene.RefundsAsync(charge));
        Assert.Equal(HttpStatusCode.OK, await ApproveAsync(scene, approvalId, Scene.Ana));
        Assert.Equal("refunded", (await scene.WaitForEndAsync(caseId))["end"]!.GetValue<string>());
        Assert.Single(await scene.RefundsAsync(charge));
        Assert.Contains(await scene.AuditAsync(caseId), record => record["entry"] is { } entry
            && entry["tool"]!.GetValue<string>() == "approvals.approve" && entry["outcome"]!.GetValue<string>() == "succeeded" && entry["actor"]!.GetValue<string>().Contains(Scene.Ana, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> BehindProxyAt(string address) => new()
    {
        ["ORCHESTRATOR__SignIn__Kind"] = "proxy",
        ["ORCHESTRATOR__SignIn__ProxyAddresses"] = address,
        ["ORCHESTRATOR__SignIn__UserHeader"] = "X-Forwarded-Email",
    };

    private static async Task<HttpStatusCode> ReadAsync(Scene scene, string approvalId)
    {
        using HttpClient http = SignedInByHeader(scene, Scene.Ana);
        using HttpResponseMessage answer = await http.GetAsync(new Uri($"/api/approvals/{approvalId}", UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> ApproveAsync(Scene scene, string approvalId, string who)
    {
        using HttpClient http = SignedInByHeader(scene, who);
        using HttpResponseMessage answer = await HeadProcess.PostAsync(http, $"/api/approvals/{approvalId}/decision", new JsonObject { ["kind"] = "approve", ["messagesSeen"] = 1 });
        return answer.StatusCode;
    }

    private static HttpClient SignedInByHeader(Scene scene, string who)
    {
        HttpClient http = scene.Head.Anonymous();
        http.DefaultRequestHeaders.Add("X-Forwarded-Email", who);
        return http;
    }
}
