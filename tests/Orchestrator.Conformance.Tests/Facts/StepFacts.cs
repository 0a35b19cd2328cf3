using Orchestrator.Agents.Durability;
using Orchestrator.Conformance.Tests.Targets;
using static Orchestrator.Conformance.ConformanceTasks;

namespace Orchestrator.Conformance.Tests.Facts;

public abstract class StepFacts(IConformanceTarget target) : ConformanceFacts(target)
{
    [Fact]
    public async Task Activity_ThatFailsTwice_IsRetriedUntilItSucceeds() => Assert.Equal("3", await RunAsync(Names.Retries, "2"));

    [Fact]
    public async Task Activity_ThatFailsMoreOftenThanItsPolicy_FailsItsInstance() =>
        Assert.Contains("attempt 4", await FailureAsync(await StartAsync(Names.Retries, "9")), StringComparison.Ordinal);

    [Fact]
    public async Task Activity_ThatFails_FailsItsInstanceWithItsMessage() =>
        Assert.Contains("the card was refused", await FailureAsync(await StartAsync(Names.Fails, "the card was refused")), StringComparison.Ordinal);

    [Fact]
    public async Task Activity_ThatFails_CanBeCaught() => Assert.Equal("caught: no luck", await RunAsync(Names.Handles, "no luck"));

    [Fact]
    public async Task Activity_OfAnUnknownName_FailsItsInstance() =>
        Assert.Contains("ConformanceNobody", await FailureAsync(await StartAsync(Names.CallsUnknown)), StringComparison.Ordinal);

    [Fact]
    public async Task SubOrchestrations_FanOutAndAreInstancesOfTheirOwn()
    {
        string id = await StartAsync(Names.FansOut, "12");

        Assert.Equal("650", await OutputAsync(id));
        Assert.Equal("144", await OutputAsync(id + "-12"));
    }

    [Fact]
    public async Task SubOrchestration_ThatFails_CanBeCaughtAndHasFailedItself()
    {
        string id = await StartAsync(Names.HandlesChild);

        Assert.Contains("nothing to square", await OutputAsync(id), StringComparison.Ordinal);
        Assert.Contains("nothing to square", await FailureAsync(id + "-child"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdsAndTime_AreTheSameOnEveryReplay()
    {
        string id = await StartWaitingAsync(Names.Stable);
        await Client.RaiseEventAsync(id, "go", "x");

        Assert.Equal("stable end", await OutputAsync(id));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("300")]
    [InlineData("2500")]
    public async Task Timer_Fires_AndACancelledOneHoldsNothingUp(string milliseconds) => Assert.Equal("fired", await RunAsync(Names.Timer, milliseconds));

    [Fact]
    public async Task ContinueAsNew_KeepsTheEventsThatNobodyTookYet()
    {
        string id = await StartWaitingAsync(Names.Endless);
        foreach (string next in (string[])["a", "b", "c", "d", "e", "stop"])
        {
            await Client.RaiseEventAsync(id, "next", next);
        }

        Assert.Equal("abcde", await OutputAsync(id));
    }

    [Fact]
    public virtual async Task History_OfACompletedInstance_BeginsWithItsStartAndEndsWithItsEnd()
    {
        string id = await StartAsync(Names.Echo, "x");
        await OutputAsync(id);

        IReadOnlyList<HistoryEntry> history = await Client.GetOrchestrationHistoryAsync(id);

        Assert.Equal(("ExecutionStarted", "ExecutionCompleted"), (history[0].Kind, history[^1].Kind));
        Assert.Contains(history, entry => entry.Kind == "TaskCompleted");
    }
}
