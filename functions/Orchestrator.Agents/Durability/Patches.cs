namespace Orchestrator.Agents.Durability;

/// <summary>
/// Changes of orchestrators that cases in flight must not meet, by the name that history holds. A name stays for as long as a run begun before it may be open;
/// once none is, the old way goes together with its name.
/// </summary>
public static class Patches
{
}
