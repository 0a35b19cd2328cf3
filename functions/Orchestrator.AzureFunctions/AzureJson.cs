using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Agents.Durability;

namespace Orchestrator.AzureFunctions;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TaskFailureDetails))]
[JsonSerializable(typeof(DateTimeOffset))]
internal sealed partial class AzureJson : JsonSerializerContext;
