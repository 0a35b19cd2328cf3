namespace Orchestrator.Operations.Layout;

/// <summary>An error as a person reads it.</summary>
public sealed record ErrorModel(string Title, string Detail, string? NextStep);
