using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Agents.Durability;

namespace Orchestrator.Torture.Victims;

/// <summary>
/// The orchestrations of a victim. Every activity notes in the ledger that it ran, as what number of which process, and what it was handed; that mark is also its result,
/// so that history tells which run of it was recorded.
/// </summary>
internal sealed class VictimTasks : IDisposable
{
    public const int FanWidth = 8;
    public const int WideFan = 100;
    public const int CollectedParts = 4;

    public static readonly TimeSpan Nap = TimeSpan.FromSeconds(3);

    private static readonly ActivityDefinition<string, string> Step = new("step");
    private static readonly ActivityDefinition<string, string> Pay = new("pay");
    private static readonly ActivityDefinition<string, string> Hold = new("hold");
    private static readonly ActivityDefinition<string, string> Crash = new("crash");

    private readonly VictimOptions _options;
    private readonly Ledger _ledger;
    private readonly Bank _bank;
    private int _executions, _running, _peak, _held;

    public VictimTasks(VictimOptions options)
    {
        _options = options;
        _ledger = new Ledger(options.LedgerPath);
        _bank = new Bank(options.BankPath);
        Registry.AddActivity(Step, _ => new Act(StepAsync)).AddActivity(Pay, _ => new Act(PayAsync));
        Registry.AddActivity(Hold, _ => new Act(HoldAsync)).AddActivity(Crash, _ => new Act(CrashAsync));
        Add("refund", RefundAsync);
        Add("tell", (context, input) => context.CallActivityAsync(Step, $"{input}"));
        Add("collect", CollectAsync);
        Add("fan", async (context, id) => string.Join(' ', await Task.WhenAll(Enumerable.Range(0, FanWidth).Select(arm => context.CallActivityAsync(Step, $"{id} arm{arm} -")))));
        Add("wide", async (context, id) => $"{(await Task.WhenAll(Enumerable.Range(0, WideFan).Select(arm => context.CallActivityAsync(Hold, $"{id} arm{arm} -")))).Length}");
        Add("wait", async (context, _) => await context.WaitForExternalEvent<string>("go", TimeSpan.FromDays(30)));
        Add("twice", async (context, _) => $"{await context.WaitForExternalEvent<string>("paid")} {await context.WaitForExternalEvent<string>("paid")}");
        Add("poison", (context, id) => context.CallActivityAsync(Crash, $"{id} crash -", new RetryPolicy(9, TimeSpan.FromMilliseconds(1))));
        Add("nap", NapAsync);
    }

    public TaskRegistry Registry { get; } = new(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });

    /// <summary>The most activities that held a slot at once.</summary>
    public int Peak => Volatile.Read(ref _peak);

    /// <summary>Activities that hold a slot now.</summary>
    public int Held => Volatile.Read(ref _held);

    public static OrchestratorDefinition<string, string> Orchestrator(string name) => new(name);

    public void Dispose()
    {
        _ledger.Dispose();
        _bank.Dispose();
    }

    private static async Task<string> RefundAsync(IOrchestrationContext context, string id)
    {
        string read = await context.CallActivityAsync(Step, $"{id} read -");
        await context.CreateTimer(context.CurrentUtcDateTime.AddMilliseconds(5));
        string approval = await context.WaitForExternalEvent<string>("approved", TimeSpan.FromDays(3));
        string told = await context.CallSubOrchestratorAsync(Orchestrator("tell"), $"{id} tell {read}", $"{id}:tell");
        string paid = await context.CallActivityAsync(Pay, $"{id} pay {read},{told}");
        return $"{read} {approval} {told} {paid}";
    }

    private static async Task<string> CollectAsync(IOrchestrationContext context, string input)
    {
        string next = $"{input} {await context.WaitForExternalEvent<string>("part")}";
        if (next.Split(' ').Length <= CollectedParts)
        {
            context.ContinueAsNew(next);
        }

        return next;
    }

    private static async Task<string> NapAsync(IOrchestrationContext context, string id)
    {
        await context.CreateTimer(context.CurrentUtcDateTime.Add(Nap));
        return await context.CallActivityAsync(Step, $"{id} woken -");
    }

    private void Add(string name, Func<IOrchestrationContext, string, Task<string>> run) => Registry.AddOrchestrator(Orchestrator(name), _ => new Written(run));

    private Task<string> StepAsync(string input, CancellationToken cancellationToken) => Task.FromResult(Note(input));

    private Task<string> PayAsync(string input, CancellationToken cancellationToken)
    {
        string execution = Note(input);
        return Task.FromResult($"{execution}/{_bank.Pay(input.Split(' ')[0], execution)}");
    }

    /// <summary>In the first process it never ends; later ones do the work.</summary>
    private async Task<string> HoldAsync(string input, CancellationToken cancellationToken)
    {
        int running = Interlocked.Increment(ref _running);
        for (int seen = Peak; running > seen; seen = Peak)
        {
            Interlocked.CompareExchange(ref _peak, running, seen);
        }

        if (_options.Generation == 0)
        {
            Interlocked.Increment(ref _held);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        string execution = Note(input);
        await Task.Yield();
        Interlocked.Decrement(ref _running);
        return execution;
    }

    private Task<string> CrashAsync(string input, CancellationToken cancellationToken)
    {
        Note(input);
        VictimVerb.Die();
        return Task.FromResult("");
    }

    /// <param name="input">Case, step, and what was handed to it.</param>
    private string Note(string input)
    {
        string execution = string.Create(CultureInfo.InvariantCulture, $"{_options.Generation}.{Interlocked.Increment(ref _executions)}");
        string[] words = input.Split(' ');
        _ledger.Append($"{words[0]} {words[1]} {execution} {words[2]}");
        return execution;
    }

    private sealed class Written(Func<IOrchestrationContext, string, Task<string>> run) : IOrchestrator<string, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, string input) => run(context, input);
    }

    private sealed class Act(Func<string, CancellationToken, Task<string>> run) : IActivity<string, string>
    {
        public Task<string> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken) => run(input, cancellationToken);
    }
}
