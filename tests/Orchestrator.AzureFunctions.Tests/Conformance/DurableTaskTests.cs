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
public sealed class DurableStepTests(DurableTaskTarget target) : StepFacts(target)
{
    [Fact(Skip = "The SDK's backend in memory gives no history; a Functions host does.")]
    public override Task History_OfACompletedInstance_BeginsWithItsStartAndEndsWithItsEnd() => base.History_OfACompletedInstance_BeginsWithItsStartAndEndsWithItsEnd();
}

[Collection(DurableTaskCollection.Name)]
public sealed class DurableEventTests(DurableTaskTarget target) : EventFacts(target)
{
    [Fact(Skip = "Durable Functions delivers each event as one of its own, so receivers read the truth from a store.")]
    public override Task Event_WithAnIdThatCameBefore_IsOne() => base.Event_WithAnIdThatCameBefore_IsOne();
}

[Collection(DurableTaskCollection.Name)]
public sealed class DurableManagementTests(DurableTaskTarget target) : ManagementFacts(target)
{
    [Fact(Skip = "The SDK's backend in memory can't rewind; a Functions host can.")]
    public override Task Rewound_Instance_DoesItsFailedStepAgainAndNoOther() => base.Rewound_Instance_DoesItsFailedStepAgainAndNoOther();

    [Fact(Skip = "The SDK's backend in memory purges one instance at a time; a Functions host purges by a filter.")]
    public override Task PurgeAll_HonoursItsFilter() => base.PurgeAll_HonoursItsFilter();
}
