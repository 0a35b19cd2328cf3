using Orchestrator.Local.Commands;

return await RootVerb.RunAsync(args);
