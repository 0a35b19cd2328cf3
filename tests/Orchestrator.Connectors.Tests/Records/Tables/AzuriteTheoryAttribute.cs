namespace Orchestrator.Connectors.Tests.Records.Tables;

/// <summary>Runs where Azurite is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteTheoryAttribute : TheoryAttribute
{
    public AzuriteTheoryAttribute() => Skip = Azurite.WhyNot;
}
