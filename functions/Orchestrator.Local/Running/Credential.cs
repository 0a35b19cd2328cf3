using Azure.Identity;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Running;

/// <summary>What opens an orchestrator's API.</summary>
/// <param name="Words">What it is, for people.</param>
/// <param name="Mend">What to do when it is not taken.</param>
/// <param name="BearerAsync">Asked before each request.</param>
internal sealed record Credential(string Words, string Mend, Func<CancellationToken, ValueTask<string>> BearerAsync)
{
    public const string TokenVariable = "ORCHESTRATOR_TOKEN";
    public const string ScopeVariable = "ORCHESTRATOR_SCOPE";

    /// <summary>Null: the folder has no operator token.</summary>
    public static Credential? OfFolder(StateFolder folder) => PrivateFile.ReadOrNull(folder.OperatorToken)?.Trim() is { Length: > 0 } token
        ? new("the operator token of " + folder.Path, $"Name the state folder of the orchestrator there with --state, or set {TokenVariable}.", _ => ValueTask.FromResult(token))
        : null;

    /// <summary>Null: the environment names no token.</summary>
    /// <exception cref="LocalException">What it names can't be one.</exception>
    public static Credential? OfEnvironment()
    {
        if (Environment.GetEnvironmentVariable(TokenVariable)?.Trim() is not { Length: > 0 } token)
        {
            return null;
        }

        return token.All(letter => letter is > ' ' and < '\x7f')
            ? new("the token in " + TokenVariable, $"Set {TokenVariable} to a token that is meant for it and has not run out.", _ => ValueTask.FromResult(token))
            : throw new LocalException($"{TokenVariable} holds no bearer token: those are one word of plain letters, without \"Bearer\" before it.", exitCode: ExitCodes.SignInNeeded);
    }

    /// <summary>Whoever is signed in to Azure on this machine.</summary>
    /// <exception cref="LocalException">Nobody said what for.</exception>
    public static Credential OfEntra()
    {
        if (Environment.GetEnvironmentVariable(ScopeVariable)?.Trim() is not { Length: > 0 } scope)
        {
            throw new LocalException(
                $"{ScopeVariable} is not set. Write the scope of the app registration that signs people in there, api://CLIENT-ID/.default; the portal shows its client id under Authentication of the Function App. Or set {TokenVariable}.",
                exitCode: ExitCodes.SignInNeeded);
        }

        var entra = new EntraToken(new DefaultAzureCredential(), scope, TimeProvider.System);
        return new("your Entra token for " + scope, $"Check {ScopeVariable}, and that your account may sign in there.", entra.GetAsync);
    }

    public override string ToString() => Words;
}
