using Orchestrator.Operations.Layout;

namespace Orchestrator.Operations.SignIn;

/// <summary>The development sign-in's form.</summary>
/// <param name="Known">Ids of everybody in the policy's groups, with their groups.</param>
public sealed record SignInModel(string Return, string? Who, string? Wrong, IReadOnlyList<(string Id, IReadOnlyList<string> Groups)> Known, FormToken Token);
