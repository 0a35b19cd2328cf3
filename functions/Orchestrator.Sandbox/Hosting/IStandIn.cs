namespace Orchestrator.Sandbox.Hosting;

/// <summary>
/// One outside service, spoken to over the wire on a port of its own. The host puts fault injection in front of it;
/// control routes of a stand-in live under <c>/_sandbox/</c> and are never faulted.
/// </summary>
internal interface IStandIn : IDisposable
{
    /// <summary>Lower-case name: <c>stripe</c>, <c>vault</c>, <c>mail</c>, <c>teams</c>, <c>models</c>, <c>graph</c>.</summary>
    string Name { get; }

    /// <summary>Maps the service's own routes and its control routes. Called once.</summary>
    void Map(WebApplication app);
}
