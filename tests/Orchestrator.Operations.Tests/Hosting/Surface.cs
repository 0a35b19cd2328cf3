using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Refunds;
using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.Operations.SignIn;

namespace Orchestrator.Operations.Tests.Hosting;

/// <summary>The web surface on a real Kestrel, with the real desk and intake over stores in memory.</summary>
internal sealed class Surface : IAsyncDisposable
{
    public const string OperatorToken = "operator-token-for-tests-0123456789abcdef";

    private readonly WebApplication _app;

    private Surface(WebApplication app, Uri address, string? codeFile) => (_app, Address, CodeFile) = (app, address, codeFile);

    public Uri Address { get; }

    /// <summary>Every route that the surface serves.</summary>
    public IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> Routes =>
        _app.Services.GetRequiredService<IEnumerable<Microsoft.AspNetCore.Routing.EndpointDataSource>>().SelectMany(source => source.Endpoints).ToList();

    public string? CodeFile { get; }

    public ManualClock Clock { get; private init; } = null!;

    public MemoryApprovals Approvals { get; private init; } = null!;

    public MemoryCaseFiles Files { get; private init; } = null!;

    public MemoryAudit Audit { get; private init; } = null!;

    public MemoryOrchestrations Orchestrations { get; private init; } = null!;

    public TestKeys Keys { get; private init; } = null!;

    public TestPolicy Policy { get; private init; } = null!;

    public TestMailbox Mailbox { get; private init; } = null!;

    public LogLines Log { get; private init; } = null!;

    public static async Task<Surface> StartAsync(SignInOptions? signIn = null, Func<OperationsOptions, OperationsOptions>? with = null, string listen = "http://127.0.0.1:0", DateTimeOffset? now = null)
    {
        string codeFile = Path.Combine(Path.GetTempPath(), $"operations-tests-{Guid.NewGuid():N}.code");
        var clock = new ManualClock(now ?? new DateTimeOffset(2026, 11, 20, 14, 0, 0, TimeSpan.Zero));
        var options = new OperationsOptions { SignIn = signIn ?? new SignInOptions.Development(codeFile), OperatorToken = OperatorToken, GraphClientState = "graph-state", ReadHtml = html => (html.Replace("<p>", "", StringComparison.Ordinal), "") };
        var log = new LogLines();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(listen);
        builder.Logging.ClearProviders().AddProvider(log);
        IServiceCollection services = builder.Services;
        MemoryAudit audit = new();
        MemoryApprovals approvals = new(audit);
        MemoryCaseFiles files = new(audit);
        MemoryOrchestrations orchestrations = new(clock);
        TestKeys keys = new();
        TestPolicy policy = new();
        TestMailbox mailbox = new();
        services.AddSingleton<TimeProvider>(clock).AddSingleton<IApprovalStore>(approvals).AddSingleton<ICaseFiles>(files).AddSingleton<IAuditLog>(audit);
        services.AddSingleton<IOrchestrationClient>(orchestrations).AddSingleton<IKeyVault>(keys).AddSingleton<IRefundPolicySource>(policy).AddSingleton<IMailbox>(mailbox);
        services.AddSingleton<ApprovalDesk>().AddSingleton<InboxIntake>().AddSingleton<RefundNews>();
        services.AddOperations(with is null ? options : with(options));
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        WebApplication app = builder.Build();
        try
        {
            WebSurface.Configure(app);
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(app, new Uri(address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)), codeFile)
        {
            Clock = clock,
            Approvals = approvals,
            Files = files,
            Audit = audit,
            Orchestrations = orchestrations,
            Keys = keys,
            Policy = policy,
            Mailbox = mailbox,
            Log = log,
        };
    }

    /// <summary>A browser of its own: cookies, no redirects followed.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        return client;
    }

    public HttpClient Program(string? token = OperatorToken)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { BaseAddress = Address };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        return client;
    }

    public string Code() => File.ReadAllText(CodeFile!);

    /// <summary>A browser in which somebody signed in with the one-time code.</summary>
    public async Task<HttpClient> SignedInAsync(string who = "ana@shop.example")
    {
        HttpClient browser = Browser();
        string page = await browser.GetStringAsync("/sign-in");
        using HttpResponseMessage answer = await browser.PostAsync("/sign-in", Html.Form(page, ("who", who), ("code", Code()), ("return", "/")));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (CodeFile is not null)
        {
            File.Delete(CodeFile);
        }
    }
}
