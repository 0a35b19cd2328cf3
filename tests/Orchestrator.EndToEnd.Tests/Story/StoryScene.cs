using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.EndToEnd.Tests.Story;

/// <summary>One product and one sandbox for all stories that do not break them.</summary>
public sealed class StoryScene : IAsyncLifetime
{
    internal Scene Scene { get; private set; } = null!;

    public async Task InitializeAsync() => Scene = await Scene.StartAsync();

    public async Task DisposeAsync() => await Scene.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class StoryCollection : ICollectionFixture<StoryScene>
{
    public const string Name = "story";
}
