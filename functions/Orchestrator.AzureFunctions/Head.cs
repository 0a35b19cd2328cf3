using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Refunds;
using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.AzureFunctions.Development;
using Orchestrator.AzureFunctions.Orchestrations;
using Orchestrator.AzureFunctions.State;
using Orchestrator.AzureFunctions.Watching;
using Orchestrator.AzureFunctions.Web;
using Orchestrator.Connectors.Connections;
using Orchestrator.Connectors.Keys;
using Orchestrator.Connectors.Mailbox;
using Orchestrator.Connectors.Policy;
using Orchestrator.Connectors.Records.Tables;
using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Connectors.Settings;
using Orchestrator.Operations;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.AzureFunctions;

/// <summary>Puts the parts together: ports of the domain on one side, Durable Functions and the pages on the other.</summary>
internal sealed class Head
{
    private readonly AzureSettings _settings;
    private readonly TimeProvider _clock;
    private readonly DevelopmentFolder? _folder;
    private readonly ConnectedPorts _ports;
    private readonly TableRecords _records;
    private readonly TableClient _table;
    private readonly string _graphClientState;

    private Head(AzureSettings settings, TimeProvider clock, DevelopmentFolder? folder, ConnectedPorts ports, TableRecords records, TableClient table, string graphClientState) =>
        (_settings, _clock, _folder, _ports, _records, _table, _graphClientState) = (settings, clock, folder, ports, records, table, graphClientState);

    /// <exception cref="SettingsException">A setting, a key or the policy is not one to start with.</exception>
    /// <exception cref="Agents.Governance.OutsideFailureException">The storage account can't be used.</exception>
    public static async Task<Head> OpenAsync(AzureSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        DevelopmentFolder? folder = settings.InAzure ? null : DevelopmentFolder.Open();
        SandboxFile sandbox = settings.Shared.UsesSandbox ? SandboxOf(settings.Shared.Sandbox, folder!) : SandboxFile.None;
        ConnectedPorts ports = VendorPorts.In(ConnectedPorts.Open(settings.Shared, sandbox, settings.PublicAddress, clock), settings.Shared, sandbox, clock);
        await SandboxKeys.FillAsync(sandbox, new(settings.PublicAddress, "webhooks/stripe"), cancellationToken);
        await KeyGuard.CheckAsync(ports.Keys, settings.Shared, cancellationToken);

        TableServiceClient service = settings.Storage.OpenTables();
        TableRecords records = await TableRecords.OpenAsync(service, clock, cancellationToken);
        TableClient table = await HeadTable.OpenAsync(service, cancellationToken);
        return new(settings, clock, folder, ports, records, table, await HeadTable.SecretAsync(table, "graph-client-state", cancellationToken));
    }

    public void AddTo(IServiceCollection services, TaskRegistry tasks)
    {
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        services.AddSingleton(_clock);
        services.AddSingleton(_records.Cases).AddSingleton(_records.Approvals).AddSingleton(_records.Audit);
        services.AddSingleton<IRefundPolicySource>(new PolicyFile(PolicyPath()));
        services.AddSingleton(_ports.Keys).AddSingleton(_ports.Payments).AddSingleton(_ports.Refunds).AddSingleton(_ports.Mail).AddSingleton(_ports.Notices).AddSingleton(_ports.Reading);
        if (_ports.Mailbox is { } mailbox)
        {
            services.AddSingleton(mailbox);
        }

        tasks.MaxPayloadBytes = HeadLimits.MaxPayloadBytes;
        services.AddSingleton(tasks).AddScoped<TaskRunner>();

        // What starts or tells an orchestration lives as long as the invocation that brought the client.
        services.AddScoped<CurrentClient>().AddScoped(ports => ports.GetRequiredService<CurrentClient>().Client);
        services.AddScoped<InboxIntake>().AddScoped<ApprovalDesk>().AddScoped<RefundNews>();
        services.AddSingleton(new MailboxSubscription(_ports.Mailbox, new(_settings.PublicAddress, "inbox/graph"), _graphClientState));

        services.AddRouting();
        services.AddOperations(Operations());
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new TableKeyRing(_table));
        services.AddSingleton(root => new WebPipeline(root, _settings));
    }

    private static SandboxFile SandboxOf(SandboxSettings settings, DevelopmentFolder folder)
    {
        string file = settings.AddressFile ?? folder.SandboxAddresses;
        var sandbox = SandboxFile.Read(file);
        folder.KeepSandboxAddresses(file);
        return sandbox;
    }

    private RoleSettings Roles => _settings.Shared.Roles.Under(_settings.Shared.SignIn.Kind);

    private OperationsOptions Operations() => new()
    {
        ViewerGroups = Roles.Viewer,
        ApproverGroups = Roles.Approver,
        OperatorGroups = Roles.Operator,
        AdministratorGroups = Roles.Administrator,
        SignIn = _settings.Shared.SignIn switch
        {
            { Kind: SignInKind.Proxy } proxy => new SignInOptions.Proxy(proxy.ProxyAddresses, proxy.UserHeader!, proxy.NameHeader, proxy.GroupsHeader),
            { Kind: SignInKind.AppService } => new SignInOptions.AppService(),
            _ => new SignInOptions.Development(_folder!.SignInCode),
        },
        IsPublicOverHttps = _settings.PublicAddress.Scheme == Uri.UriSchemeHttps,
        LiveKeyConfigured = _settings.Shared.Stripe?.Mode == StripeMode.Live,
        OperatorToken = _settings.HasDevelopmentSignIn ? _folder!.OperatorToken() : null,
        GraphClientState = _graphClientState,
        ReadHtml = HtmlText.Parts,
    };

    /// <summary>The file that the settings name, else the one that was deployed with the app.</summary>
    private string PolicyPath() => _settings.Shared.Policy.File ?? Path.Combine(AppContext.BaseDirectory, "refund-policy.yaml");
}
