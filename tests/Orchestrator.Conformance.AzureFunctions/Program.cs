using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Agents;
using Orchestrator.AzureFunctions;
using Orchestrator.Conformance;

// The head as it is, with the orchestrators that the facts are about beside its own: one host serves the conformance and the end-to-end suite.
JsonSerializerOptions json = new(AgentsJson.Default.Options) { TypeInfoResolver = JsonTypeInfoResolver.Combine(AgentsJson.Default, new DefaultJsonTypeInfoResolver()) };
return await HeadProcess.RunAsync(args, () => AgentTasks.AddTo(ConformanceTasks.AddTo(new(json))));
