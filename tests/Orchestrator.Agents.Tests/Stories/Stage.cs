using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Agents.Approvals;
using Orchestrator.Agents.Audit;
using Orchestrator.Agents.Cases;
using Orchestrator.Agents.Durability;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Inbox;
using Orchestrator.Agents.Mail;
using Orchestrator.Agents.Payments;
using Orchestrator.Agents.Refunds;
using Orchestrator.Agents.Refunds.Policy;
using Orchestrator.Agents.Understanding;
using Orchestrator.Agents.Understanding.Rules;
using Orchestrator.Connectors.Keys;
using Orchestrator.Connectors.Mail;
using Orchestrator.Connectors.Policy;
using Orchestrator.Connectors.Records;
using Orchestrator.Connectors.Stripe;
using Orchestrator.Connectors.Teams;
using Orchestrator.Engine;
using Orchestrator.Engine.Tests;

namespace Orchestrator.Agents.Tests.Stories;

/// <summary>
/// The product without its pages, in one process: real engine, records, policy file, key file and connectors, with the sandbox behind HTTP. Engine and records live by a
/// clock that the test moves; what signs or throttles on the wire lives by the machine's, as the sandbox does.
/// </summary>
internal sealed class Stage : IServiceProvider, IAsyncDisposable
{
    public const string Clara = "clara@customer.example";

    /// <summary>Calls a step that nobody decided on, as a history would that somebody wrote into the task hub.</summary>
    public static readonly OrchestratorDefinition<RefundIntent, RefundAnswer> Forged = new("Forged");

    public static readonly Person Ana = new("ana@example.com", "Ana", ["support"]);
    public static readonly Person Dora = new("dora@example.com", "Dora", ["finance"]);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("story-").FullName;
    private readonly Dictionary<Type, object> _ports = [];
    private readonly List<IDisposable> _connectors = [];
    private DurableEngine? _engine;
    private SqliteRecords? _records;

    private Stage(Shop shop)
    {
        Shop = shop;
        Keys = new(Path.Combine(_folder, "keys.json"), shop);
        Policy = Path.Combine(_folder, "refund-policy.yaml");
    }

    /// <summary>Starts at the machine's present, so that what Stripe dates is not in the future.</summary>
    public ManualClock Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public Shop Shop { get; }

    public KeyFile Keys { get; }

    public string Policy { get; }

    public IOrchestrationClient Client => _engine!.Client;

    public IApprovalStore Approvals => _records!.Approvals;

    public IAuditLog Audit => _records!.Audit;

    /// <summary>Called before an activity runs, with its name; must be quick.</summary>
    public Action<string>? BeforeActivity { get; set; }

    /// <summary>Called before a notice is posted.</summary>
    public Func<ApprovalNotice, Task>? BeforeNotice { get; set; }

    public static async Task<Stage> OpenAsync()
    {
        var stage = new Stage(await Shop.OpenAsync());
        PolicyFile.WriteDefault(stage.Policy);
        await stage.Keys.FillAsync();
        stage.Connect();
        await stage.StartAsync();
        return stage;
    }

    public void EditPolicy(string from, string to)
    {
        string text = File.ReadAllText(Policy);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(Policy, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>The process ends and another one starts on the same files.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>A mail of a customer; gives its case.</summary>
    public async Task<string> WriteAsync(string text, string from = Clara, string? thread = null)
    {
        string id = $"<{Guid.NewGuid()}@customer.example>";
        var mail = new SupportMail(id, thread ?? id, new("Clara Klar", from), null, "Refund", text, Clock.GetUtcNow());
        return (await TakeInAsync(mail)).CaseId;
    }

    public Task<TakenIn> TakeInAsync(SupportMail mail) => new InboxIntake(_records!.Cases, Client, Clock).TakeInAsync(mail, record: null, CancellationToken.None);

    /// <summary>Clara bought something for EUR 42.00 and asks for it back; the case waits for people.</summary>
    public async Task<(string CaseId, ChargeId Charge)> AskAsync(string order = "W-3001", long minorUnits = 4200, string card = "pm_card_bypassPending")
    {
        ChargeId charge = await Shop.SellAsync(Clara, minorUnits, order, card);
        string caseId = await WriteAsync($"Hello, my order {order} never arrived. Please refund me.\n\nClara");
        await RestsAsync(caseId, CasePhase.AwaitingApproval);
        return (caseId, charge);
    }

    public Task<DecisionAnswer> DecideAsync(string approvalId, Person who) =>
        new ApprovalDesk(Approvals, _records!.Cases, new PolicyFile(Policy), Client, Clock).DecideAsync(approvalId, who, new(VoteKind.Approve, MessagesSeen: 2), CancellationToken.None);

    public async Task ApproveAsync(string approvalId, Person who) => Assert.Null((await DecideAsync(approvalId, who)).Refusal);

    public async Task<ApprovalRound> RoundAsync(string approvalId) => (await Approvals.FindAsync(approvalId, CancellationToken.None))!;

    /// <summary>Waits until the case is in that phase with nothing left to do before the clock moves or somebody speaks.</summary>
    public Task<CaseStatus> RestsAsync(string caseId, CasePhase phase) => RestsAsync(caseId, phase, _ => true);

    /// <summary>Waits until people are asked in that round.</summary>
    public Task<CaseStatus> RestsInRoundAsync(string caseId, int round) =>
        RestsAsync(caseId, CasePhase.AwaitingApproval, status => status.ApprovalId == CaseIds.Approval(caseId, round));

    /// <summary>Waits until that activity was called and has ended.</summary>
    public Task DidAsync(string caseId, string activity) => UntilAsync(
        async () =>
        {
            IReadOnlyList<HistoryEntry> history = await Client.GetOrchestrationHistoryAsync(caseId);
            HistoryEntry? called = history.LastOrDefault(entry => entry.Kind == "TaskScheduled" && entry.Name == activity);
            return called is not null && history.Any(entry => entry.Kind == "TaskCompleted" && entry.TaskId == called.TaskId);
        },
        () => $"{caseId} to have done {activity}");

    /// <summary>Waits until an activity has failed so often and the case waits to try it again.</summary>
    /// <returns>The last failure.</returns>
    public async Task<TaskFailureDetails> TriedAsync(string caseId, string activity, int times)
    {
        IReadOnlyList<HistoryEntry> history = [];
        int?[] failed = [];
        await UntilAsync(
            async () =>
            {
                history = await Client.GetOrchestrationHistoryAsync(caseId);
                HashSet<int?> calls = [.. history.Where(entry => entry.Kind == "TaskScheduled" && entry.Name == activity).Select(entry => entry.TaskId)];
                failed = [.. history.Where(entry => entry.Kind == "TaskFailed" && calls.Contains(entry.TaskId)).Select(entry => entry.TaskId)];
                return failed.Length == times && IsAtRest(history);
            },
            () => $"{activity} of {caseId} to fail {times} times; it did {failed.Length} times");
        return JsonSerializer.Deserialize<TaskFailureDetails>(history.Last(entry => entry.Kind == "TaskFailed").Payload!, JsonSerializerOptions.Web)!;
    }

    /// <summary>Moves the clock while nothing runs, then waits for the next rest.</summary>
    public async Task<CaseStatus> PassAsync(string caseId, TimeSpan time, CasePhase phase)
    {
        Clock.Advance(time);
        return await RestsAsync(caseId, phase);
    }

    public async Task<CaseOutcome> EndAsync(string instanceId)
    {
        OrchestrationMetadata end = await Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true).WaitAsync(Patience);
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{end.RuntimeStatus}: {end.FailureDetails?.ErrorMessage}");
        return JsonSerializer.Deserialize(end.SerializedOutput!, AgentsJson.Default.CaseOutcome)!;
    }

    public async Task<TaskFailureDetails> FailureAsync(string instanceId)
    {
        OrchestrationMetadata end = await Client.WaitForInstanceCompletionAsync(instanceId).WaitAsync(Patience);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        return end.FailureDetails!;
    }

    public object? GetService(Type serviceType) => _ports.GetValueOrDefault(serviceType);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _connectors.ForEach(one => one.Dispose());
        await Shop.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<CaseStatus> RestsAsync(string caseId, CasePhase phase, Func<CaseStatus, bool> also)
    {
        CaseStatus? status = null;
        int seen = 0;
        await UntilAsync(
            async () =>
            {
                OrchestrationMetadata now = (await Client.GetInstanceAsync(caseId))!;
                status = now.SerializedCustomStatus is { } json ? JsonSerializer.Deserialize(json, AgentsJson.Default.CaseStatus) : null;
                Assert.False(now.HasEnded, $"{caseId} ended while it should wait in {phase}: {now.FailureDetails?.ErrorMessage ?? status?.WaitingFor}");

                // Twice, because a timer is in history a moment before it ticks.
                seen = status?.Phase == phase && also(status) && IsAtRest(await Client.GetOrchestrationHistoryAsync(caseId)) ? seen + 1 : 0;
                return seen == 2;
            },
            () => $"{caseId} to rest in {phase}; it is in {status}");
        return status!;
    }

    private bool IsAtRest(IReadOnlyList<HistoryEntry> history)
    {
        HistoryEntry? last = history.LastOrDefault(entry => entry.Kind is "TaskScheduled" or "TimerCreated");
        return last is { Kind: "TimerCreated" }
            && JsonSerializer.Deserialize<DateTimeOffset>(last.Payload!) > Clock.GetUtcNow()
            && !history.Any(entry => entry.Kind == "TimerFired" && entry.TaskId == last.TaskId);
    }

    private void Connect()
    {
        var payments = new StripePayments(new(Shop.Addresses.Stripe!), TimeProvider.System);
        var mail = new CommunicationServicesMail(new(Shop.Addresses.Mail!.Address, Shop.Addresses.Mail.Sender), TimeProvider.System);
        var teams = new TeamsNotices(new(new("https://refunds.example.com"), perSecond: 1000), TimeProvider.System);
        _connectors.AddRange([payments, mail, teams]);
        _ports[typeof(TimeProvider)] = Clock;
        _ports[typeof(IKeyVault)] = new KeyFileKeys(Keys.Path, TimeProvider.System);
        _ports[typeof(IPaymentReads)] = _ports[typeof(IRefunds)] = payments;
        _ports[typeof(IMailSender)] = mail;
        _ports[typeof(IApprovalNotices)] = new WatchedNotices(this, teams);
        _ports[typeof(IMailReading)] = new RuleReading();
        _ports[typeof(IRefundPolicySource)] = new PolicyFile(Policy);
    }

    private async Task StartAsync()
    {
        _records = await SqliteRecords.OpenAsync(Path.Combine(_folder, "records.db"), Clock, CancellationToken.None);
        _ports[typeof(ICaseFiles)] = _records.Cases;
        _ports[typeof(IApprovalStore)] = _records.Approvals;
        _ports[typeof(IAuditLog)] = _records.Audit;
        TaskRegistry tasks = AgentTasks.Register().AddOrchestrator(Forged, _ => new ForgedRefund());
        EngineOptions options = new(Path.Combine(_folder, "hub.db")) { AtCrashPoint = (point, _, task) => Reached(point, task) };
        _engine = new DurableEngine(options, tasks, this, Clock, NullLoggerFactory.Instance);
        await _engine.StartAsync(CancellationToken.None);
    }

    private async Task StopAsync()
    {
        await _engine!.DisposeAsync();
        await _records!.DisposeAsync();
    }

    private void Reached(string point, string task)
    {
        if (point == nameof(CrashPoint.BeforeActivity))
        {
            BeforeActivity?.Invoke(task);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, Func<string> what)
    {
        using CancellationTokenSource deadline = new(Patience);
        while (!await holds())
        {
            Assert.False(deadline.IsCancellationRequested, $"Waited {Patience} for {what()}");
            await Task.Delay(3);
        }
    }

    private sealed class ForgedRefund : IOrchestrator<RefundIntent, RefundAnswer>
    {
        public Task<RefundAnswer> RunAsync(IOrchestrationContext context, RefundIntent input) => context.CallActivityAsync(RefundActivities.IssueRefund, input);
    }

    /// <summary>The real channel, with a moment before each card in which a test may act.</summary>
    private sealed class WatchedNotices(Stage stage, TeamsNotices teams) : IApprovalNotices
    {
        public async Task PostAsync(ActCall call, ApprovalNotice notice, CancellationToken cancellationToken)
        {
            await (stage.BeforeNotice?.Invoke(notice) ?? Task.CompletedTask);
            await teams.PostAsync(call, notice, cancellationToken);
        }
    }
}
