using System.Text.Json;

namespace Orchestrator.Local.State;

/// <summary>Where the running process is, for the other verbs of this executable. Written once it answers, taken away when it stops.</summary>
/// <param name="Address">On this machine.</param>
/// <param name="PublicAddress">As people reach it.</param>
/// <param name="SignIn">How people sign in: <c>development</c>, <c>proxy</c> or <c>appService</c>.</param>
internal sealed record ServingEndpoint(Uri Address, Uri PublicAddress, int ProcessId, string SignIn, DateTimeOffset StartedAt)
{
    public static ServingEndpoint? Read(StateFolder folder)
    {
        try
        {
            return PrivateFile.ReadOrNull(folder.Endpoint) is { } text ? JsonSerializer.Deserialize(text, LocalJson.Default.ServingEndpoint) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(StateFolder folder) => PrivateFile.Write(folder.Endpoint, JsonSerializer.Serialize(this, LocalJson.Default.ServingEndpoint));

    public static void Remove(StateFolder folder) => File.Delete(folder.Endpoint);
}
