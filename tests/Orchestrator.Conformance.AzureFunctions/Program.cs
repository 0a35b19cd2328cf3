using Orchestrator.AzureFunctions;
using Orchestrator.Conformance;

// The head as it is, with the orchestrators that the facts are about beside its own: one host serves the conformance and the end-to-end suite.
return await HeadProcess.RunAsync(args, tasks => ConformanceTasks.AddTo(tasks));
