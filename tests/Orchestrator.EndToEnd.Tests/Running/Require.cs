namespace Orchestrator.EndToEnd.Tests.Running;

/// <summary>What running the product rests on, for tests and benchmarks alike.</summary>
internal static class Require
{
    public static void That(bool holds, string? otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise ?? "It did not answer as it must.");
        }
    }
}
