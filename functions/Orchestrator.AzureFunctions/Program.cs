using Orchestrator.AzureFunctions;

return await HeadProcess.RunAsync(args);
