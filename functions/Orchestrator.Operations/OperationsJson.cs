using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Operations.Answers;
using Orchestrator.Operations.Approvals;
using Orchestrator.Operations.AuditTrail;
using Orchestrator.Operations.Cases;
using Orchestrator.Operations.Inbox;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations;

/// <summary>Every message of the web surface: camelCase, enums as camelCase words, nothing written that is not there.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, AllowDuplicateProperties = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [
    typeof(WordConverter<CaseStanding>), typeof(WordConverter<Agents.Cases.CasePhase>), typeof(WordConverter<Agents.Cases.CaseEnd>), typeof(WordConverter<Agents.Durability.OrchestrationRuntimeStatus>),
    typeof(WordConverter<RoundState>), typeof(WordConverter<Agents.Approvals.ProposalKind>), typeof(WordConverter<Agents.Approvals.VoteKind>), typeof(WordConverter<Agents.Approvals.ConclusionKind>),
    typeof(WordConverter<TakenInAsWord>)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(AppServicePrincipal))]
[JsonSerializable(typeof(SessionToken))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SignInResponse))]
[JsonSerializable(typeof(InboxMessage))]
[JsonSerializable(typeof(InboxReceipt))]
[JsonSerializable(typeof(GraphNotifications))]
[JsonSerializable(typeof(CasePage))]
[JsonSerializable(typeof(CaseDetail))]
[JsonSerializable(typeof(CaseHistory))]
[JsonSerializable(typeof(CaseActRequest))]
[JsonSerializable(typeof(ApprovalList))]
[JsonSerializable(typeof(ApprovalDetail))]
[JsonSerializable(typeof(DecisionRequest))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(AuditFinding))]
internal sealed partial class OperationsJson : JsonSerializerContext;

internal sealed class WordConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
