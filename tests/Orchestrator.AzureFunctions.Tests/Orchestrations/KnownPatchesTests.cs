using System.Text.Json;
using Orchestrator.Agents;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Refunds;
using Orchestrator.AzureFunctions.Orchestrations;

namespace Orchestrator.AzureFunctions.Tests.Orchestrations;

public sealed class KnownPatchesTests
{
    [Fact]
    public void Stamp_OnAnInput_IsReadBackAndLeavesTheInputWhatItWas()
    {
        TaskRegistry registry = AgentTasks.Register();
        JsonElement input = JsonElement.Parse(registry.Write(new CaseStart("case-1")));

        JsonElement stamped = KnownPatches.Stamp(input, Patches.All);

        Assert.Equal(Patches.All.Order(), KnownPatches.Of(stamped).Order());
        Assert.Equal(new CaseStart("case-1"), registry.Read<CaseStart>(stamped.GetRawText()));
    }

    /// <summary>Runs that began under older code, or by other means, finish as they began.</summary>
    [Theory]
    [InlineData("""{"caseId":"case-1"}""")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("""{"$patches":"all"}""")]
    [InlineData("""{"$patches":[1,null]}""")]
    public void Of_InputWithoutPatches_IsNone(string input) => Assert.Empty(KnownPatches.Of(JsonElement.Parse(input)));

    [Fact]
    public void Of_NoInput_IsNone() => Assert.Empty(KnownPatches.Of(default));

    [Fact]
    public void Stamp_InputThatIsNoObject_StaysAsItIs() => Assert.Equal("\"text\"", KnownPatches.Stamp(JsonElement.Parse("\"text\""), Patches.All).GetRawText());
}
