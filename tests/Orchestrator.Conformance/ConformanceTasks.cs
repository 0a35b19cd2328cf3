using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Conformance;

/// <summary>
/// The orchestrators and activities that a host under test must have; the facts about them are in <c>tests/Orchestrator.Conformance.Tests</c>.
/// <para>
/// A host that is reached by HTTP, such as a Functions host, registers all of <see cref="AddTo"/> under these names, and offers beside the Durable Task HTTP API
/// (<c>/runtime/webhooks/durabletask</c>) one route of its own: <c>POST /conformance/orchestrators/{name}/{instanceId}</c> with the input as JSON. It starts through the host's
/// <see cref="IOrchestrationClient"/> and answers as the extension does, 202 with <c>statusQueryGetUri</c>; what the client refuses is problem+json whose <c>type</c> ends with the
/// refusal's <see cref="DurabilityException.Name"/>: 409 for an id in use, running or ended, 404 for a name that is not there. Then
/// <c>ORCHESTRATOR_URL=http://localhost:7071 dotnet test tests/Orchestrator.Conformance.Tests</c> runs the facts against it; a query string of that address, such as a key,
/// goes with every request.
/// </para>
/// <para>All inputs and outputs are strings; a custom status is a dictionary of objects. Activities that fail a few times count in memory: one process runs them.</para>
/// </summary>
public static class ConformanceTasks
{
    public static TaskRegistry Register() => AddTo(new TaskRegistry(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }));

    public static TaskRegistry AddTo(TaskRegistry tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        Add(Names.Echo, new Steps.Echo());
        Add(Names.Retries, new Steps.Retries());
        Add(Names.Fails, new Steps.Fails());
        Add(Names.Handles, new Steps.Handles());
        Add(Names.CallsUnknown, new Steps.CallsUnknown());
        Add(Names.Mended, new Steps.Mended());
        Add(Names.Mend, new Steps.Mend());
        Add(Names.FansOut, new Steps.FansOut());
        Add(Names.Squares, new Steps.Squares());
        Add(Names.HandlesChild, new Steps.HandlesChild());
        Add(Names.Stable, new Steps.Stable());
        Add(Names.Waits, new Waits.ForOne());
        Add(Names.WaitsLong, new Waits.ForTwoOneAfterTheOther());
        Add(Names.Races, new Waits.ForAnEventOrATimeout());
        Add(Names.WaitsAgain, new Waits.AgainAfterATimeout());
        Add(Names.WaitsTwice, new Waits.TwiceForOneName());
        Add(Names.Timer, new Waits.ForATimer());
        Add(Names.Endless, new Waits.ForEverAnew());
        Add(Names.Publishes, new Waits.WithAStatus());
        return tasks
            .AddActivity(Activities.Return, _ => new Activities.ReturnActivity())
            .AddActivity(Activities.Fail, _ => new Activities.FailActivity())
            .AddActivity(Activities.Flaky, _ => new Activities.FlakyActivity())
            .AddActivity(Activities.SetMended, _ => new Activities.SetMendedActivity())
            .AddActivity(Activities.NeedsMending, _ => new Activities.NeedsMendingActivity());

        void Add(string name, IOrchestrator<string, string> orchestrator) => tasks.AddOrchestrator(new OrchestratorDefinition<string, string>(name), _ => orchestrator);
    }

    /// <summary>Names of the orchestrators. What each takes and gives is at its code, in <see cref="Steps"/> and <see cref="Waits"/>.</summary>
    public static class Names
    {
        public const string Echo = "ConformanceEcho";
        public const string Retries = "ConformanceRetries";
        public const string Fails = "ConformanceFails";
        public const string Handles = "ConformanceHandles";
        public const string CallsUnknown = "ConformanceCallsUnknown";
        public const string Mended = "ConformanceMended";
        public const string Mend = "ConformanceMend";
        public const string FansOut = "ConformanceFansOut";
        public const string Squares = "ConformanceSquares";
        public const string HandlesChild = "ConformanceHandlesChild";
        public const string Stable = "ConformanceStable";
        public const string Waits = "ConformanceWaits";
        public const string WaitsLong = "ConformanceWaitsLong";
        public const string Races = "ConformanceRaces";
        public const string WaitsAgain = "ConformanceWaitsAgain";
        public const string WaitsTwice = "ConformanceWaitsTwice";
        public const string Timer = "ConformanceTimer";
        public const string Endless = "ConformanceEndless";
        public const string Publishes = "ConformancePublishes";
    }

    /// <summary>Names of the activities.</summary>
    public static class ActivityNames
    {
        public const string Return = "ConformanceReturn";
        public const string Fail = "ConformanceFail";
        public const string Flaky = "ConformanceFlaky";
        public const string SetMended = "ConformanceSetMended";
        public const string NeedsMending = "ConformanceNeedsMending";
    }
}
