using Orchestrator.Connectors.Connections;

namespace Orchestrator.Local.Connections;

/// <summary>Makes each connected port known to the parts that need it.</summary>
internal static class ConnectionServices
{
    public static IServiceCollection AddConnections(this IServiceCollection services, ConnectedPorts ports)
    {
        if (ports.Mailbox is { } mailbox)
        {
            _ = services.AddSingleton(mailbox);
        }

        return services
            .AddSingleton(ports.Keys)
            .AddSingleton(ports.Payments)
            .AddSingleton(ports.Refunds)
            .AddSingleton(ports.Mail)
            .AddSingleton(ports.Notices)
            .AddSingleton(ports.Reading);
    }
}
