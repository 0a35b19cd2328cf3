using Orchestrator.Local.Running;

namespace Orchestrator.Local.Demo;

/// <summary>How far the story is, for whoever watches.</summary>
internal sealed class Stage
{
    private readonly Dictionary<Scene, Part> _parts = Story.Scenes.ToDictionary(scene => scene, _ => new Part());

    public Part this[Scene scene] => _parts[scene];

    /// <summary>Decisions of people that counted.</summary>
    public int Decisions { get; set; }

    public bool HasEnded => _parts.Values.All(part => part.Case is { HasEnded: true });

    /// <summary>Everybody waits for a person, or is done.</summary>
    public bool IsSettled => _parts.Values.All(part => part.Case is { HasEnded: true } or { Standing: "awaitingApproval" });

    /// <summary>A scene as it is being played.</summary>
    internal sealed class Part
    {
        public string? CaseId { get; set; }

        public ApiCase? Case { get; set; }

        /// <summary>How many of its acts were played.</summary>
        public int Played { get; set; }

        public string Says => Case is null ? "" : Case.HasEnded ? $"{Case.End}: {Case.Why}" : Case.Why;
    }
}
