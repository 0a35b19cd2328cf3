using System.CommandLine;
using Orchestrator.Torture.Cutting;
using Orchestrator.Torture.InFlight;
using Orchestrator.Torture.Kills;
using Orchestrator.Torture.Parking;
using Orchestrator.Torture.Simulation;
using Orchestrator.Torture.Victims;

RootCommand torture = new("Fault tests of the embedded engine in their long forms. Each takes --seed and a budget, shows progress on stderr, and ends with 1 and the failing seed when a promise was broken.")
{
    KillVerb.Create(),
    PointsVerb.Create(),
    ParkedVerb.Create(),
    InFlightVerb.Create(),
    SimulateVerb.Create(),
    CuttingVerbs.PowerLossVerb(),
    CuttingVerbs.DamageVerb(),
    CuttingVerbs.FailingSyncVerb(),
    CuttingVerbs.FullDiskVerb(),
    VictimVerb.Create(),
};

return await torture.Parse(args).InvokeAsync();
