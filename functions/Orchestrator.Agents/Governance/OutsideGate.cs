using Orchestrator.Agents.Audit;

namespace Orchestrator.Agents.Governance;

/// <summary>
/// The one way out. An activity opens a pass, which fetches the one key that is declared for it; every call through the pass is checked against the declaration,
/// recorded in the audit log, and fails in one of four ways. The key lives as long as the pass.
/// </summary>
public sealed class OutsideGate(IKeyVault vault, IAuditLog audit, TimeProvider clock)
{
    /// <exception cref="PermanentFailureException">No key is declared for the activity, or the vault refuses it.</exception>
    public async Task<GatePass> OpenAsync(string activity, string caseId, CancellationToken cancellationToken)
    {
        KeyDeclaration declaration = KeyDeclarations.For(activity);
        try
        {
            KeyLease key = await vault.GetKeyAsync(declaration.Key, cancellationToken);
            return new(declaration, key, caseId, audit, clock);
        }
        catch (OutsideFailureException failure)
        {
            AgentsTelemetry.KeysRefused.Add(1, new("key", declaration.Key), new("outcome", GatePass.OutcomeOf(failure)));
            await audit.AppendAsync(
                new(clock.GetUtcNow(), caseId, "agent/" + activity, "keyvault.secrets.get", "{}", [], failure.RequestId, null, declaration.Key, null, null, GatePass.OutcomeOf(failure)),
                CancellationToken.None);
            throw;
        }
    }
}
