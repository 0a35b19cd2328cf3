namespace Orchestrator.Connectors.Settings;

/// <summary>The stand-ins for whatever has no section of its own.</summary>
/// <param name="AddressFile">Uses a sandbox that runs as a process of its own instead of starting one: the file holds what <c>Orchestrator.Sandbox -o json</c> printed.</param>
/// <param name="Seed">Whether a new sandbox gets a few customers and charges.</param>
/// <param name="CardsPerSecond">How fast cards go to the Teams that the sandbox plays; the real one takes 4.</param>
public sealed record SandboxSettings(string? AddressFile, bool Seed, int CardsPerSecond)
{
    public static SandboxSettings Read(SettingsSection section) => new(section.Path("AddressFile"), section.Choice<Switch>("Seed") != Switch.Off, section.Whole("CardsPerSecond", 1000, "pace") ?? 4);
}
