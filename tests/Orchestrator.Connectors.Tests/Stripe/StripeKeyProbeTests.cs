using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Stripe;
using Orchestrator.Connectors.Tests.Wire;

namespace Orchestrator.Connectors.Tests.Stripe;

public sealed class StripeKeyProbeTests
{
    [Theory]
    [InlineData("rk_live_x", StripeKeyUse.Restricted, StripeKeyMode.Live, false)]
    [InlineData("rk_test_x", StripeKeyUse.Restricted, StripeKeyMode.Test, false)]
    [InlineData("sk_live_x", StripeKeyUse.Secret, StripeKeyMode.Live, true)]
    [InlineData("sk_test_x", StripeKeyUse.Secret, StripeKeyMode.Test, false)]
    [InlineData("pk_live_x", StripeKeyUse.Publishable, StripeKeyMode.Live, true)]
    [InlineData("whsec_x", StripeKeyUse.WebhookSecret, StripeKeyMode.Unknown, false)]
    [InlineData("hello", StripeKeyUse.Unknown, StripeKeyMode.Unknown, false)]
    public void KindOf_Prefix_IsTold(string key, StripeKeyUse use, StripeKeyMode mode, bool dangerous)
    {
        var kind = StripeKeyKind.Of(key);
        Assert.Equal((use, mode, dangerous), (kind.Use, kind.Mode, kind.IsLiveAndUnrestricted));
        Assert.Equal(use == StripeKeyUse.Restricted, kind.Advice("stripe-read") is null);
    }

    [Fact]
    public async Task Probe_ReadKey_IsSound()
    {
        StripeKeyReport report = await ProbeAsync(KeyNames.StripeRead, request => request.Method == "GET" ? 200 : 403);
        Assert.True(report.IsAsItShouldBe, string.Join("; ", report.Permissions.Select(permission => permission.Sentence)));
        Assert.Equal(11, report.Permissions.Count);
    }

    [Fact]
    public async Task Probe_RefundKey_IsSound()
    {
        StripeKeyReport report = await ProbeAsync(KeyNames.StripeRefund, request => IsChargesOrRefunds(request) ? request.Method == "GET" ? 200 : 404 : 403);
        Assert.True(report.IsAsItShouldBe, string.Join("; ", report.Permissions.Select(permission => permission.Sentence)));
    }

    [Fact]
    public async Task Probe_ReadKeyThatMayRefund_IsNamed()
    {
        StripeKeyReport report = await ProbeAsync(KeyNames.StripeRead, request => request.Method == "GET" ? 200 : request.Path == "/v1/refunds" ? 404 : 403);
        StripePermission wrong = Assert.Single(report.Permissions, permission => !permission.IsAsItShouldBe);
        Assert.Equal("may make refunds, which it never needs: take that permission away at dashboard.stripe.com/apikeys", wrong.Sentence);
    }

    [Fact]
    public async Task Probe_FailingStripe_ClaimsNothing()
    {
        StripeKeyReport report = await ProbeAsync(KeyNames.StripeRead, _ => 500);
        Assert.All(report.Permissions, permission => Assert.Equal(PermissionFinding.Unknown, permission.Finding));
    }

    [Fact]
    public async Task Probe_RouteThatIsNotThere_IsLeftOut()
    {
        StripeKeyReport report = await ProbeAsync(KeyNames.StripeRead, request => request.Method == "GET" ? 200 : request.Path.Contains("payouts", StringComparison.Ordinal) ? 404 : 403, "Unrecognized request URL (POST: /v1/payouts).", code: null);
        Assert.True(report.IsAsItShouldBe);
        Assert.DoesNotContain(report.Permissions, permission => permission.What == "cancel payouts");
    }

    [Fact]
    public async Task Probe_RevokedKey_SaysSo() =>
        Assert.Contains("does not accept key", (await Assert.ThrowsAsync<PermanentFailureException>(() => ProbeAsync(KeyNames.StripeRead, _ => 401))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Probe_AnyKey_TouchesNothingThatCouldExist()
    {
        List<WireRequest> asked = [];
        await ProbeAsync(KeyNames.StripeRead, request =>
        {
            asked.Add(request);
            return 403;
        });
        Assert.All(asked.Where(request => request.Method != "GET"), request => Assert.Contains("permission_probe", request.Path + request.Body, StringComparison.Ordinal));
    }

    private static async Task<StripeKeyReport> ProbeAsync(string name, Func<WireRequest, int> status, string message = "no", string? code = "resource_missing")
    {
        await using WireServer server = await WireServer.StartAsync((context, request) => status(request) is var answer && answer == 200
            ? WireServer.AnswerAsync(context, 200, StripeSamples.List(false))
            : WireServer.AnswerAsync(context, answer, StripeSamples.Error(message, code: answer == 404 ? code : null)));
        using var probe = new StripeKeyProbe(new(server.Address));
        return await probe.ProbeAsync(new(name, "v1", StripeSamples.Key), default);
    }

    /// <summary>One row in Stripe's dashboard, so one permission.</summary>
    private static bool IsChargesOrRefunds(WireRequest request) =>
        request.Path.StartsWith("/v1/refunds", StringComparison.Ordinal) || request.Path.StartsWith("/v1/charges", StringComparison.Ordinal);
}
