using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Customers;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
using Orchestrator.Agents.Understanding;

namespace Orchestrator.Agents;

/// <summary>Every message that is stored, as source-generated JSON: camelCase, enums by name, unknown fields ignored. A golden file per message holds it still.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(SupportMail))]
[JsonSerializable(typeof(Reading))]
[JsonSerializable(typeof(CaseStart))]
[JsonSerializable(typeof(FailedRefundStart))]
[JsonSerializable(typeof(StoppedCaseStart))]
[JsonSerializable(typeof(CaseStatus))]
[JsonSerializable(typeof(CaseOutcome))]
[JsonSerializable(typeof(CaseNote))]
[JsonSerializable(typeof(RefundDecision))]
[JsonSerializable(typeof(Proposal))]
[JsonSerializable(typeof(ApprovalRound))]
[JsonSerializable(typeof(ApprovalNotice))]
[JsonSerializable(typeof(CustomerHistory))]
[JsonSerializable(typeof(ReadChargesInput))]
[JsonSerializable(typeof(IReadOnlyList<ChargeFacts>))]
[JsonSerializable(typeof(PolicyQuestion))]
[JsonSerializable(typeof(Assessment))]
[JsonSerializable(typeof(OpenApprovalInput))]
[JsonSerializable(typeof(OpenedApproval))]
[JsonSerializable(typeof(ConcludeApprovalInput))]
[JsonSerializable(typeof(ApprovalOutcome))]
[JsonSerializable(typeof(RefundIntent))]
[JsonSerializable(typeof(RefundAnswer))]
[JsonSerializable(typeof(ReadRefundInput))]
[JsonSerializable(typeof(RefundRecord))]
[JsonSerializable(typeof(MailOrder))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(AuditRecord))]
public sealed partial class AgentsJson : JsonSerializerContext;
