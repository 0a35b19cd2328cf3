using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Keys;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Connectors.Tests.Keys;

public sealed class StripeKeyRulesTests
{
    private const string Tail = "0123456789abcdefghijklmn";

    [Theory]
    [InlineData("rk_test_", true)]
    [InlineData("sk_test_", true)]
    [InlineData("rk_live_", false)]
    [InlineData("sk_live_", false)]
    [InlineData("pk_test_", false)]
    [InlineData("whsec_", false)]
    [InlineData("", false)]
    public void TestMode_TakesTestKeysOnly(string prefix, bool taken) => Assert.Equal(taken, Refuse(prefix, StripeMode.Test) is null);

    [Theory]
    [InlineData("rk_live_", true)]
    [InlineData("sk_live_", false)]
    [InlineData("rk_test_", false)]
    [InlineData("sk_test_", false)]
    [InlineData("pk_live_", false)]
    public void LiveMode_TakesRestrictedLiveKeysOnly(string prefix, bool taken) => Assert.Equal(taken, Refuse(prefix, StripeMode.Live) is null);

    [Fact]
    public void UnrestrictedLiveKey_IsToldHowToBecomeARestrictedOne_WithoutBeingShown()
    {
        string refusal = Refuse("sk_live_", StripeMode.Live)!;

        Assert.Contains("https://dashboard.stripe.com/apikeys/create", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(Tail, refusal, StringComparison.Ordinal);
    }

    private static string? Refuse(string prefix, StripeMode mode) => StripeKeyRules.Refuse(new KeyLease(KeyNames.StripeRefund, "1", prefix + Tail), mode);
}
