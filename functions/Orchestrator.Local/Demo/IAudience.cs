namespace Orchestrator.Local.Demo;

/// <summary>Who is told how the story goes.</summary>
internal interface IAudience
{
    /// <summary>Something happened.</summary>
    void Hear(string what);

    /// <summary>A case moved.</summary>
    void See(Scene scene, Stage stage);
}
