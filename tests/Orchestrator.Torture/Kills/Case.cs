using Orchestrator.Agents.Durability;

namespace Orchestrator.Torture.Kills;

/// <summary>What the parent knows of one instance: what it sent, what was acknowledged, and what it saw last.</summary>
internal sealed class Case(string id, string shape, IReadOnlyList<SentEvent> events)
{
    public string Id => id;

    /// <summary>Name of its orchestrator.</summary>
    public string Shape => shape;

    public IReadOnlyList<SentEvent> Events => events;

    public bool StartSent { get; set; }

    public bool StartAcknowledged { get; set; }

    /// <summary>Null until its end was seen.</summary>
    public string? End { get; set; }

    /// <summary>Its history as last seen.</summary>
    public IReadOnlyList<HistoryEntry> Seen { get; set; } = [];

    /// <summary>Whether its history is that of all its life; otherwise only of its newest run.</summary>
    public bool KeepsHistory => shape != "collect";
}

/// <summary>An event that is sent until it is acknowledged, always under one id.</summary>
internal sealed class SentEvent(string name, string id)
{
    public string Name => name;

    /// <summary>Its id, and its payload too.</summary>
    public string Id => id;

    public bool Acknowledged { get; set; }
}
