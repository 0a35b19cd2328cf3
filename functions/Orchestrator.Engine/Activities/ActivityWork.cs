using Orchestrator.Engine.Orchestrations;

namespace Orchestrator.Engine.Activities;

/// <summary>A recorded activity to be run.</summary>
/// <param name="Crashes">How often it was running when the process went down.</param>
internal sealed record ActivityWork(OrchestrationInstance Instance, int Run, int TaskId, string Name, string Input, int Crashes);
