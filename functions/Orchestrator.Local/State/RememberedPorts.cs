using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Orchestrator.Local.State;

/// <summary>Ports by name that stay the same over restarts, as long as nothing else takes them.</summary>
internal sealed class RememberedPorts
{
    private readonly StateFolder _folder;
    private readonly Dictionary<string, int> _ports;

    public RememberedPorts(StateFolder folder)
    {
        _folder = folder;
        _ports = Load(folder);
    }

    /// <summary>The port known under that name, else <paramref name="wanted"/>; the next free one where it is taken. Never one that was handed out before.</summary>
    /// <param name="isFixed">Just that port, whatever is known: it was asked for by name.</param>
    public int Take(string name, int wanted, bool isFixed = false)
    {
        if (isFixed)
        {
            return _ports[name] = wanted;
        }

        int first = _ports.TryGetValue(name, out int known) ? known : wanted;
        int port = Enumerable.Range(first, Math.Min(200, IPEndPoint.MaxPort - first)).FirstOrDefault(candidate => !IsHandedOut(name, candidate) && IsFree(candidate));
        if (port == 0)
        {
            throw new LocalException($"No port from {first} on is free on 127.0.0.1 for {name}.");
        }

        _ports[name] = port;
        return port;
    }

    public void Save() => PrivateFile.Write(_folder.Ports, JsonSerializer.Serialize(_ports, LocalJson.Default.DictionaryStringInt32));

    private static Dictionary<string, int> Load(StateFolder folder)
    {
        try
        {
            return PrivateFile.ReadOrNull(folder.Ports) is { } text ? JsonSerializer.Deserialize(text, LocalJson.Default.DictionaryStringInt32) ?? [] : [];
        }
        catch (JsonException)
        {
            // Half a file from an older crash: ports are chosen anew.
            return [];
        }
    }

    private bool IsHandedOut(string name, int port) => _ports.Any(other => other.Key != name && other.Value == port);

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
