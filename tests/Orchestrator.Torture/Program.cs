using System.CommandLine;
using Orchestrator.Torture.InFlight;
using Orchestrator.Torture.Kills;
using Orchestrator.Torture.Parking;
using Orchestrator.Torture.Victims;

RootCommand torture = new("Fault tests of the embedded engine in their long forms. Each takes --seed and a budget, shows progress on stderr, and ends with 1 and the failing seed when a promise was broken.");
torture.Subcommands.Add(KillVerb.Create());
torture.Subcommands.Add(PointsVerb.Create());
torture.Subcommands.Add(ParkedVerb.Create());
torture.Subcommands.Add(InFlightVerb.Create());
torture.Subcommands.Add(VictimVerb.Create());

return await torture.Parse(args).InvokeAsync();
