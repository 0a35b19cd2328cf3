using System.Collections.Concurrent;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine.TaskHub;

namespace Orchestrator.Engine.Tests.Faults;

/// <summary>The engine is stopped at each named point, at its first, second, third... time, and started again on what the file then holds.</summary>
public sealed class CrashPointTests
{
    public static TheoryData<CrashPoint, int> Points
    {
        get
        {
            TheoryData<CrashPoint, int> points = [];
            foreach (CrashPoint point in Enum.GetValues<CrashPoint>())
            {
                points.Add(point, 2_000);
                points.Add(point, 0);
            }

            return points;
        }
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Crash_AtAnyTimeAtAPoint_LosesAndRepeatsNothingRecorded(CrashPoint point, int resident)
    {
        int crashed = 0;
        for (int time = 1; time == crashed + 1; time++)
        {
            crashed += await RefundWithACrashAsync(point, time, resident) ? 1 : 0;
        }

        Assert.True(crashed >= 3, $"{point} was met {crashed} times.");
    }

    /// <summary>False when the run ended before the point was met that often.</summary>
    private static async Task<bool> RefundWithACrashAsync(CrashPoint point, int time, int resident)
    {
        ConcurrentDictionary<string, byte> ledger = new();
        ConcurrentBag<string> ran = [];
        int met = 0;
        EngineOptions Crashing(EngineOptions options) => options with
        {
            MaxResidentInstances = resident,
            AtCrashPoint = (name, _, _) =>
            {
                if (name == point.ToString() && Interlocked.Increment(ref met) == time)
                {
                    throw new InvalidOperationException("crash");
                }
            },
        };
        Code code = Refund(ledger, ran);
        await using TaskHubFolder hub = new();
        await hub.StartAsync(code, Crashing);

        await InsistAsync(hub, code, Crashing, client => client.ScheduleNewOrchestrationInstanceAsync(Code.Orchestrator("refund"), "ch_1", "case-1"));
        await InsistAsync(hub, code, Crashing, client => client.RaiseEventAsync("case-1", "approved", "by A", "click-1"));
        OrchestrationMetadata end = await InsistAsync(hub, code, Crashing, client => client.WaitForInstanceCompletionAsync("case-1", true));

        Assert.Equal("\"read ch_1, by A, child of ch_1, refunded ch_1\"", end.SerializedOutput);
        Assert.Equal(["case-1/refund"], ledger.Keys);
        IReadOnlyList<HistoryEntry> history = await hub.Client.GetOrchestrationHistoryAsync("case-1");
        Assert.Equal(history.Count, history.Select(entry => (entry.Kind, entry.TaskId)).Distinct().Count());
        Assert.InRange(ran.Count, 3, 4);
        Assert.True((await hub.Engine.VerifyAsync()).IsIntact);
        return Volatile.Read(ref met) >= time;
    }

    private static Code Refund(ConcurrentDictionary<string, byte> ledger, ConcurrentBag<string> ran) => new Code()
        .Activity("read", input =>
        {
            ran.Add("read");
            return $"read {input}";
        })
        .Activity("refund", input =>
        {
            ran.Add("refund");
            ledger.TryAdd("case-1/refund", 0);
            return $"refunded {input}";
        })
        .Orchestrator("child", async (context, input) => "child of " + (await context.Call("read", input))[5..])
        .Orchestrator("refund", async (context, charge) =>
        {
            string read = await context.Call("read", charge);
            string approval = await context.WaitForExternalEvent<string>("approved", TimeSpan.FromDays(3));
            string child = await context.Child("child", charge);
            return $"{read}, {approval}, {child}, {await context.Call("refund", charge)}";
        });

    /// <summary>What a caller does who was not answered: start again and ask again.</summary>
    private static async Task<T> InsistAsync<T>(TaskHubFolder hub, Code code, Func<EngineOptions, EngineOptions> crashing, Func<IOrchestrationClient, Task<T>> ask)
    {
        while (true)
        {
            try
            {
                Task<T> answer = ask(hub.Client);
                if (await Task.WhenAny(answer, hub.Engine.Stopped).WaitAsync(TaskHubFolder.Patience) == answer)
                {
                    return await answer;
                }
            }
            catch (TaskHubStoppedException)
            {
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return default!;
            }

            await hub.StartAsync(code, crashing);
        }
    }

    private static Task<bool> InsistAsync(TaskHubFolder hub, Code code, Func<EngineOptions, EngineOptions> crashing, Func<IOrchestrationClient, Task> ask) =>
        InsistAsync(hub, code, crashing, async client =>
        {
            await ask(client);
            return true;
        });
}
