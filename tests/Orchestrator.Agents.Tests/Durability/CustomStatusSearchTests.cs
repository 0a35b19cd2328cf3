using Orchestrator.Agents.Durability;

namespace Orchestrator.Agents.Tests.Durability;

public sealed class CustomStatusSearchTests
{
    [Theory]
    [InlineData("""{"phase":"waiting"}""", "phase", "waiting", true)]
    [InlineData("""{"phase":"waiting"}""", "phase", "Waiting", false)]
    [InlineData("""{"phase":"waiting"}""", "Phase", "waiting", false)]
    [InlineData("""{"ids":["a","b"]}""", "ids", "b", true)]
    [InlineData("""{"ids":["a",1,null,["b"],{"c":"c"}]}""", "ids", "b", false)]
    [InlineData("""{"ids":["a",1]}""", "ids", "1", false)]
    [InlineData("""{"amount":42}""", "amount", "42", false)]
    [InlineData("""{"name":"\u00e9"}""", "name", "é", true)]
    [InlineData("""{"inner":{"phase":"waiting"}}""", "phase", "waiting", false)]
    [InlineData("""{}""", "phase", "", false)]
    [InlineData("\"waiting\"", "phase", "waiting", false)]
    [InlineData("plain text of another backend", "phase", "plain", false)]
    [InlineData(null, "phase", "waiting", false)]
    public void Status_MatchesItsStringsAndElementsAlone(string? status, string property, string value, bool matches) =>
        Assert.Equal(matches, CustomStatusSearch.Matches(status, new(property, value)));

    [Theory]
    [InlineData("""{"businessIds":["ch_1","cus_1","ch_1",""]}""", "ch_1,cus_1")]
    [InlineData("""{"businessIds":"ch_1"}""", "ch_1")]
    [InlineData("""{"businessIds":null}""", "")]
    [InlineData("""{"note":"businessIds"}""", "")]
    [InlineData(null, "")]
    public void BusinessIds_AreThoseOfTheirProperty(string? status, string ids) =>
        Assert.Equal(ids, string.Join(',', CustomStatusSearch.BusinessIdsOf(status)));

    [Fact]
    public void Instance_MustFitEveryFieldOfTheQuery()
    {
        DateTimeOffset at = Given.Now;
        OrchestrationMetadata instance = new("RefundAgent", "case-1", OrchestrationRuntimeStatus.Running, at, at, null, null, """{"phase":"Settling","businessIds":["ch_1"]}""", null);
        OrchestrationQuery fits = new("RefundAgent", [OrchestrationRuntimeStatus.Running], at, at, "case-") { BusinessId = "ch_1", CustomStatus = new("phase", "Settling") };

        Assert.True(CustomStatusSearch.Matches(instance, fits));
        Assert.True(CustomStatusSearch.Matches(instance, new()));
        foreach (OrchestrationQuery wrong in (OrchestrationQuery[])
        [
            fits with { Name = "refundagent" }, fits with { Statuses = [OrchestrationRuntimeStatus.Failed] }, fits with { CreatedFrom = at.AddTicks(1) }, fits with { CreatedTo = at.AddTicks(-1) },
            fits with { InstanceIdPrefix = "case-2" }, fits with { BusinessId = "ch_2" }, fits with { CustomStatus = new("phase", "Reading") },
        ])
        {
            Assert.False(CustomStatusSearch.Matches(instance, wrong), wrong.ToString());
        }
    }
}
