namespace Orchestrator.Agents.Audit;

/// <summary>One act on the record: an outward call, a decision of a person, a refusal. Arguments are redacted: ids, amounts, hashes; no customer's words, addresses or secrets.</summary>
/// <param name="Actor">Who acted: <c>agent/&lt;activity&gt;</c>, <c>person/&lt;sign-in id&gt;</c>, <c>stripe</c>, <c>inbox</c>, <c>scanner</c>.</param>
/// <param name="Tool">What was done, as <c>system.object.verb</c>: <c>stripe.refunds.create</c>, <c>approvals.approve</c>.</param>
/// <param name="Arguments">A JSON object.</param>
/// <param name="Objects">Stripe's (or the other side's) ids that it touched.</param>
/// <param name="Outcome"><c>attempted</c>, <c>succeeded</c>, or <c>transient|permanent|refused|unknown: code</c>.</param>
public sealed record AuditEntry(
    DateTimeOffset Time,
    string? CaseId,
    string Actor,
    string Tool,
    string Arguments,
    IReadOnlyList<string> Objects,
    string? RequestId,
    string? IdempotencyKey,
    string? KeyName,
    string? KeyVersion,
    string? ModelRoute,
    string Outcome);

/// <summary>An entry in its place in the chain.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="PreviousHash">Hash of the record before, hex; <see cref="AuditChain.Genesis"/> for the first.</param>
/// <param name="Hash">SHA-256 over sequence, previous hash and every field, hex.</param>
public sealed record AuditRecord(long Sequence, AuditEntry Entry, string PreviousHash, string Hash);

/// <summary>What a walk over the chain found.</summary>
/// <param name="FirstBad">The sequence where the chain breaks; null when it holds.</param>
public sealed record AuditVerdict(long Records, long? FirstBad, string Finding)
{
    public bool Holds => FirstBad is null;
}
