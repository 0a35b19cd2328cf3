using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Local.Backups;
using Orchestrator.Local.Demo;
using Orchestrator.Local.Doctor;
using Orchestrator.Local.Serving;
using Orchestrator.Local.State;

namespace Orchestrator.Local;

/// <summary>Every JSON that this head writes or reads itself, source-generated.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServingEndpoint))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(SandboxFile))]
[JsonSerializable(typeof(Addresses))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(Diagnosis))]
[JsonSerializable(typeof(BackupManifest))]
[JsonSerializable(typeof(BackupDone))]
[JsonSerializable(typeof(RestoreDone))]
internal sealed partial class LocalJson : JsonSerializerContext;
