using System.Diagnostics;
using Orchestrator.Agents.Audit;

namespace Orchestrator.Agents.Governance;

/// <summary>An activity's way through the gate: its key, its case and its declared tools.</summary>
public sealed class GatePass
{
    private readonly KeyDeclaration _declaration;
    private readonly KeyLease _key;
    private readonly string _caseId;
    private readonly IAuditLog _audit;
    private readonly TimeProvider _clock;

    internal GatePass(KeyDeclaration declaration, KeyLease key, string caseId, IAuditLog audit, TimeProvider clock) =>
        (_declaration, _key, _caseId, _audit, _clock) = (declaration, key, caseId, audit, clock);

    /// <summary>Makes one call outside and puts it on the record; before one that changes the world, the attempt too.</summary>
    /// <param name="tool">Must be among the activity's declared tools.</param>
    /// <param name="arguments">Redacted: ids, amounts, hashes.</param>
    public async Task<T> PerformAsync<T>(string tool, ActArguments arguments, Func<ActCall, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(call);
        if (!_declaration.Tools.Contains(tool))
        {
            throw new PermanentFailureException($"Activity '{_declaration.Activity}' may not use '{tool}': it is not among its declared tools.");
        }

        var act = new ActCall(_key);
        using Activity? span = AgentsTelemetry.Start(tool, _caseId, ActivityKind.Client);
        if (Tools.ThatChangeTheWorld.Contains(tool))
        {
            await RecordAsync(tool, arguments, act, "attempted");
        }

        string outcome = "unknown: interrupted";
        try
        {
            T result = await call(act, cancellationToken);
            outcome = "succeeded";
            return result;
        }
        catch (OutsideFailureException failure)
        {
            act.Answered(failure.RequestId);
            outcome = OutcomeOf(failure);
            throw;
        }
        finally
        {
            span?.SetTag("outcome", outcome).SetStatus(outcome == "succeeded" ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
            AgentsTelemetry.Acts.Add(1, new("tool", tool), new("outcome", outcome));
            await RecordAsync(tool, arguments, act, outcome);
        }
    }

    internal static string OutcomeOf(OutsideFailureException failure)
    {
        string kind = failure switch
        {
            TransientFailureException => "transient",
            RefusedException => "refused",
            OutcomeUnknownException => "unknown",
            _ => "permanent",
        };
        return failure.Code is { } code ? $"{kind}: {code}" : kind;
    }

    private Task RecordAsync(string tool, ActArguments arguments, ActCall act, string outcome) =>
        _audit.AppendAsync(
            new(_clock.GetUtcNow(), _caseId, "agent/" + _declaration.Activity, tool, arguments.ToJson(), [.. act.Objects], act.RequestId, arguments.IdempotencyKey, _key.Name, _key.Version, act.ModelRoute, outcome),
            CancellationToken.None);
}
