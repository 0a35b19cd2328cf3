using Microsoft.Extensions.Logging.Console;
using Orchestrator.Agents;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Refunds;
using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.Connectors.Connections;
using Orchestrator.Connectors.Mailbox;
using Orchestrator.Connectors.Policy;
using Orchestrator.Connectors.Records;
using Orchestrator.Connectors.Settings;
using Orchestrator.Engine;
using Orchestrator.Local.Connections;
using Orchestrator.Local.State;
using Orchestrator.Operations;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Local.Serving;

/// <summary>Puts the parts together: ports of the domain on one side, engine and pages on the other.</summary>
internal static class Web
{
    private const long LargestBody = 1024 * 1024;

    public static WebApplication Build(Head head, int port, Uri publicAddress, bool jsonLogs, string policy, SqliteRecords records, CrashAt? crash, TimeProvider clock)
    {
        // The empty builder reads no environment: what is listened on is said here alone.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "orchestrator" });
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(head.Settings.Web.Listen, port);
        });
        AddLogging(builder.Logging, jsonLogs);

        OperationsOptions operations = Options(head);
        IServiceCollection services = builder.Services;
        _ = services.AddRouting();
        _ = services.AddSingleton<IHostLifetime, OwnedLifetime>();
        _ = services.AddSingleton(clock);
        _ = services.AddSingleton(records.Cases).AddSingleton(records.Approvals).AddSingleton(records.Audit);
        _ = services.AddSingleton<IRefundPolicySource>(new PolicyFile(policy));
        _ = services.AddConnections(ConnectedPorts.Open(head.Settings.Shared, head.Sandbox, publicAddress, clock));
        _ = services.AddSingleton(provider => new DurableEngine(
            new EngineOptions(head.Folder.Hub)
            {
                AtCrashPoint = crash is null ? null : crash.Reached,
                Retention = head.Settings.TaskHub.Retention,
                MaxPayloadBytes = head.Settings.TaskHub.MaxPayloadBytes,
            },
            AgentTasks.Register(),
            provider,
            clock,
            provider.GetRequiredService<ILoggerFactory>()));
        _ = services.AddSingleton<IOrchestrationClient>(provider => provider.GetRequiredService<DurableEngine>().Client);
        _ = services.AddSingleton<InboxIntake>().AddSingleton<ApprovalDesk>().AddSingleton<RefundNews>();
        _ = services.AddHostedService(provider => new MailboxWatch(
            provider.GetService<IMailbox>(), new(publicAddress, "inbox/graph"), operations.GraphClientState!, provider.GetRequiredService<IHostApplicationLifetime>(), clock, provider.GetRequiredService<ILogger<MailboxWatch>>()));
        _ = services.AddHostedService<Watching>();
        _ = services.AddOperations(operations);

        WebApplication app = builder.Build();
        LocalRoutes.Map(app, head.Folder, operations.OperatorToken!);
        WebSurface.Configure(app);
        return app;
    }

    private static OperationsOptions Options(Head head)
    {
        SignInSettings signIn = head.Settings.Shared.SignIn;
        RoleSettings roles = head.Settings.Shared.Roles.Under(signIn.Kind);
        return new()
        {
            ViewerGroups = roles.Viewer,
            ApproverGroups = roles.Approver,
            OperatorGroups = roles.Operator,
            AdministratorGroups = roles.Administrator,
            SignIn = signIn.Kind switch
            {
                SignInKind.Proxy => new SignInOptions.Proxy(signIn.ProxyAddresses, signIn.UserHeader!, signIn.NameHeader, signIn.GroupsHeader),
                _ => new SignInOptions.Development(head.Folder.SignInCode),
            },
            IsPublicOverHttps = head.Settings.Web.PublicAddress?.Scheme == Uri.UriSchemeHttps,
            LiveKeyConfigured = head.Settings.Shared.Stripe?.Mode == StripeMode.Live,
            OperatorToken = OwnSecret.Keep(head.Folder.OperatorToken),
            KeyRingFolder = head.Folder.KeyRing,
            GraphClientState = OwnSecret.Keep(head.Folder.GraphClientState),
            ReadHtml = HtmlText.Parts,
        };
    }

    private static void AddLogging(ILoggingBuilder logging, bool json)
    {
        _ = logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning)
            // It warns that keys lie unencrypted: they lie in a folder that is the owner's alone.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            // It logs the trace of what ends a start; a sentence is printed instead.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        _ = json
            ? logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "O"))
            : logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));

        // What is printed for people goes to stdout; logs are talk.
        _ = logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>Signals to the process are the command line's; it stops the head in order.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
