using Orchestrator.Agents.Durability;

namespace Orchestrator.Agents.Tests.Durability;

public sealed class BoundedJsonTests
{
    private readonly TaskRegistry _registry = new(AgentsJson.Default.Options) { MaxPayloadBytes = 1_000_000 };

    [Fact]
    public void Write_OfATextFarOverTheLimit_GivesUpBeforeItTakesMemory()
    {
        string huge = new('x', 100_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();

        PayloadTooLargeException refused = Assert.Throws<PayloadTooLargeException>(() => _registry.Write(huge));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Contains("String takes more than 1,000,000 bytes as JSON", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(150_000)]
    public void Write_WithinTheLimit_IsWhatTheSerializerWrites(int length)
    {
        string text = string.Concat(Enumerable.Range(0, length).Select(at => at % 7 == 0 ? 'é' : '"'));

        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(text, _registry.Json), _registry.Write(text));
        Assert.Equal(text, _registry.Read<string>(_registry.Write(text)));
    }
}
