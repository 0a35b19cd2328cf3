using Orchestrator.Connectors.Tests.Records.Tables;

namespace Orchestrator.AzureFunctions.Tests.State;

/// <summary>Runs where Azurite is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute() => Skip = Azurite.WhyNot;
}
