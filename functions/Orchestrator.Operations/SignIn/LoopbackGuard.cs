using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orchestrator.Operations.SignIn;

/// <summary>Keeps the development sign-in on this machine: no start on another address, and no word from elsewhere if one slips through.</summary>
internal sealed class LoopbackGuard(IServiceProvider services) : IHostedLifecycleService
{
    /// <exception cref="InvalidOperationException">A live key is configured, or an address already known is not loopback.</exception>
    public static void Check(OperationsOptions options, IEnumerable<string> addresses)
    {
        if (options.SignIn is not SignInOptions.Development)
        {
            return;
        }

        if (options.LiveKeyConfigured)
        {
            throw new InvalidOperationException("The development sign-in does not run beside a live Stripe key: whoever reads the log could approve refunds of real money. Use a test key, or sign-in by a proxy or App Service.");
        }

        foreach (string address in addresses)
        {
            // Kestrel's wildcards (http://*:80, http://+:80) are no URIs, and mean every interface.
            if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || !uri.IsLoopback)
            {
                throw new InvalidOperationException($"The development sign-in runs on loopback only, but this server listens on {address}. Listen on http://127.0.0.1, or use sign-in by a proxy or App Service.");
            }
        }
    }

    /// <summary>Whether a request came from this machine and under one of its own names: a name that merely resolves to loopback is a rebinding page's.</summary>
    public static bool IsLocal(HttpContext context)
    {
        string host = context.Request.Host.Host;
        bool ownName = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? named) && IPAddress.IsLoopback(named));
        return ownName && context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote);
    }

    /// <summary>Only now are all addresses known. Throwing here ends the start.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Check(services.GetRequiredService<OperationsOptions>(), services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        services.GetRequiredService<OneTimeCode>().Publish();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
