using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Local.Running;

/// <summary>The API's messages as this command line reads and writes them.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(ApiCasePage))]
[JsonSerializable(typeof(ApiCaseDetail))]
[JsonSerializable(typeof(ApiApprovals))]
[JsonSerializable(typeof(ApiApprovalDetail))]
[JsonSerializable(typeof(ApiDecision))]
[JsonSerializable(typeof(ApiCaseAct))]
[JsonSerializable(typeof(ApiSignIn))]
[JsonSerializable(typeof(ApiSession))]
[JsonSerializable(typeof(ApiInboxMessage))]
[JsonSerializable(typeof(ApiReceipt))]
[JsonSerializable(typeof(ApiAuditPage))]
[JsonSerializable(typeof(ApiAuditVerdict))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(ApiHubVerdict))]
[JsonSerializable(typeof(Engine.TaskHub.IntegrityReport))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ApiJson : JsonSerializerContext;
