using Orchestrator.Conformance.Tests.Facts;

namespace Orchestrator.AzureFunctions.Tests.Conformance;

/// <summary>The facts on the SDK of Durable Functions.</summary>
[CollectionDefinition(Name)]
public sealed class DurableTaskCollection : ICollectionFixture<DurableTaskTarget>
{
    public const string Name = "Durable Functions' SDK";
}

[Collection(DurableTaskCollection.Name)]
public sealed class DurableStartTests(DurableTaskTarget target) : StartFacts(target);

[Collection(DurableTaskCollection.Name)]
public sealed class DurableStepTests(DurableTaskTarget target) : StepFacts(target);

[Collection(DurableTaskCollection.Name)]
public sealed class DurableEventTests(DurableTaskTarget target) : EventFacts(target)
{
    [Fact(Skip = "Durable Functions delivers each event as one of its own, so receivers read the truth from a store.")]
    public override Task Event_WithAnIdThatCameBefore_IsOne() => base.Event_WithAnIdThatCameBefore_IsOne();
}

[Collection(DurableTaskCollection.Name)]
public sealed class DurableManagementTests(DurableTaskTarget target) : ManagementFacts(target);
