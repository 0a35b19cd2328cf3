namespace Orchestrator.Operations.Layout;

/// <summary>Who reads the page, as its head line shows them.</summary>
/// <param name="SignOut">The form token of the sign-out button, where this server can sign people out.</param>
public sealed record Visitor(string Id, string Name, FormToken? SignOut);

/// <summary>The antiforgery field of a form.</summary>
public sealed record FormToken(string Field, string Value);
