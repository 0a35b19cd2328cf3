using System.Net;
using System.Net.Sockets;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Tests.State;

public sealed class RememberedPortsTests
{
    [Fact]
    public void Take_PortInUse_TakesANextOneAndRemembersIt()
    {
        using var parent = new TemporaryFolder();
        var folder = StateFolder.Choose(parent.Path);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int taken = ((IPEndPoint)other.LocalEndpoint).Port;

        var ports = new RememberedPorts(folder);
        int port = ports.Take("web", taken);
        ports.Save();
        other.Stop();

        Assert.NotEqual(taken, port);
        Assert.Equal(port, new RememberedPorts(folder).Take("web", taken));
    }

    [Fact]
    public void Take_TwoNames_NeverGetOnePort()
    {
        using var parent = new TemporaryFolder();
        var ports = new RememberedPorts(StateFolder.Choose(parent.Path));

        Assert.NotEqual(ports.Take("stripe", 20_311), ports.Take("mail", 20_311));
    }

    [Fact]
    public void Take_FixedPort_IsThatPort()
    {
        using var parent = new TemporaryFolder();
        var ports = new RememberedPorts(StateFolder.Choose(parent.Path));
        _ = ports.Take("web", 20_400);

        Assert.Equal(20_555, ports.Take("web", 20_555, isFixed: true));
    }
}
