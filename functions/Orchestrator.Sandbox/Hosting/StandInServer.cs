using System.Net;
using System.Security.Cryptography.X509Certificates;
using Orchestrator.Sandbox.Faults;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Hosting;

/// <summary>One stand-in on its own loopback port, with fault injection in front of it.</summary>
internal sealed class StandInServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IStandIn _standIn;

    private StandInServer(WebApplication app, IStandIn standIn)
    {
        _app = app;
        _standIn = standIn;
    }

    public string Name => _standIn.Name;

    public Uri Address => new(_app.Urls.Single());

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<StandInServer> StartAsync(
        IStandIn standIn, int port, X509Certificate2? certificate, SandboxClock clock, CancellationToken cancellation)
    {
        // The empty builder reads no settings and no environment: nothing outside can add an address that is not loopback.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Orchestrator.Sandbox" });
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, endpoint =>
            {
                if (certificate is not null)
                {
                    endpoint.UseHttps(certificate);
                }
            });
        });

        var app = builder.Build();
        app.Use(OwnMistakes.InvokeAsync);
        app.Use(LoopbackOnly.InvokeAsync);
        new FaultInjection(clock).Map(app);
        standIn.Map(app);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException refused)
        {
            await app.DisposeAsync();
            throw new IOException($"The {standIn.Name} stand-in cannot listen on 127.0.0.1:{port}. Stop what uses that port or choose another.", refused);
        }

        return new StandInServer(app, standIn);
    }

    public async ValueTask DisposeAsync()
    {
        // Open keep-alive connections are not worth waiting for: everything the sandbox knows is written before it answers.
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    /// <summary>Whoever started the sandbox also stops it: signals to the process are that one's.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
