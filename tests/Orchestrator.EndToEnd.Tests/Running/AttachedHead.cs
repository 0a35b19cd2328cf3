namespace Orchestrator.EndToEnd.Tests.Running;

/// <summary>
/// A head that somebody else started on this machine, and the sandbox it uses: <c>ORCHESTRATOR_URL</c> says where it answers. Its sign-in and the sandbox's addresses are read
/// from its state folder, found by the heads' own rule: <c>ORCHESTRATOR_STATE</c>, else the user's.
/// </summary>
internal static class AttachedHead
{
    public static Uri? Address { get; } = Environment.GetEnvironmentVariable("ORCHESTRATOR_URL") is { Length: > 0 } url ? new(new Uri(url).GetLeftPart(UriPartial.Path).TrimEnd('/') + "/") : null;

    public static string State { get; } = Environment.GetEnvironmentVariable("ORCHESTRATOR_STATE") is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "orchestrator");

    public static string SandboxAddresses => Path.Combine(State, "sandbox-addresses.json");

    /// <summary>Nobody starts the local head again when it dies, as the Functions host starts its worker.</summary>
    public static bool IsLocal => File.Exists(Path.Combine(State, "endpoint.json"));
}
