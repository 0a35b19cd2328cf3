using System.Security.Cryptography.X509Certificates;
using Orchestrator.Sandbox.Graph;
using Orchestrator.Sandbox.Mail;
using Orchestrator.Sandbox.Models;
using Orchestrator.Sandbox.State;
using Orchestrator.Sandbox.Stripe;
using Orchestrator.Sandbox.Teams;
using Orchestrator.Sandbox.Vault;

namespace Orchestrator.Sandbox.Hosting;

/// <summary>
/// The stand-ins that the options ask for, running until disposed. Used in process by the local head and by tests,
/// and by this project's own executable.
/// </summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly List<StandInServer> _servers = [];
    private readonly Stack<IDisposable> _owned = new();
    private SmtpListener? _smtp;

    private SandboxHost()
    {
    }

    public SandboxAddresses Addresses { get; private set; } = new(null, null, null, null, null, null, null);

    /// <summary>Starts what the options name. <c>POST /_sandbox/clock</c> moves the sandbox's clock ahead of <paramref name="machine"/>.</summary>
    /// <exception cref="IOException">A port is taken, or the state folder is in use by another sandbox.</exception>
    public static async Task<SandboxHost> StartAsync(SandboxOptions options, TimeProvider machine, CancellationToken cancellation)
    {
        var host = new SandboxHost();
        try
        {
            await host.StartAllAsync(options, machine, cancellation);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_smtp is not null)
        {
            await _smtp.DisposeAsync();
        }

        await Task.WhenAll(_servers.Select(server => server.DisposeAsync().AsTask()));
        while (_owned.TryPop(out var one))
        {
            one.Dispose();
        }
    }

    private async Task StartAllAsync(SandboxOptions options, TimeProvider machine, CancellationToken cancellation)
    {
        string? folder = options.StateFolder;
        if (folder is not null)
        {
            PrivateFile.CreateFolder(folder);
        }

        var clock = new SandboxClock(machine, folder);
        var credentials = Credentials.LoadOrCreate(folder);
        var certificate = options.VaultPort is null ? null : VaultCertificate.LoadOrCreate(folder, machine);
        if (certificate is not null)
        {
            Own(certificate.Certificate);
        }

        var outbox = options.MailPort is null && options.SmtpPort is null ? null : Own(new Outbox(folder));

        List<(int Port, IStandIn StandIn, X509Certificate2? Certificate)> wanted = [];
        Want(options.StripePort, () => new StripeStandIn(folder, clock));
        Want(options.VaultPort, () => new VaultStandIn(folder, clock, credentials, options.Secrets), certificate?.Certificate);
        Want(options.MailPort, () => new MailStandIn(outbox!, clock, machine, credentials, options.MailDomains));
        Want(options.TeamsPort, () => new TeamsStandIn(folder, clock, machine, credentials, options.TeamsCardsPerSecond));
        Want(options.ModelsPort, () => new ModelsStandIn(clock, credentials));
        Want(options.GraphPort, () => new GraphStandIn(folder, clock, credentials, options.Mailbox));

        var started = await Task.WhenAll(wanted.Select(one => StartOneAsync(one.StandIn, one.Port, one.Certificate, clock, cancellation)));
        if (options.SmtpPort is { } smtpPort)
        {
            _smtp = SmtpListener.Start(smtpPort, outbox!, clock, credentials.SmtpPassword);
        }

        Addresses = AddressBook.Write(started, _smtp, credentials, certificate, options);

        void Want(int? port, Func<IStandIn> standIn, X509Certificate2? certificate = null)
        {
            if (port is { } number)
            {
                wanted.Add((number, Own(standIn()), certificate));
            }
        }
    }

    /// <summary>What is owned is let go of even when a later stand-in does not start: its files are locked till then.</summary>
    private T Own<T>(T one)
        where T : IDisposable
    {
        _owned.Push(one);
        return one;
    }

    private async Task<StandInServer> StartOneAsync(
        IStandIn standIn, int port, X509Certificate2? certificate, SandboxClock clock, CancellationToken cancellation)
    {
        var server = await Task.Run(() => StandInServer.StartAsync(standIn, port, certificate, clock, cancellation), cancellation);
        lock (_servers)
        {
            _servers.Add(server);
        }

        return server;
    }
}
