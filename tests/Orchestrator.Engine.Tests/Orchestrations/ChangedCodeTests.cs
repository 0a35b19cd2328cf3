using Orchestrator.Agents.Durability;

namespace Orchestrator.Engine.Tests.Orchestrations;

/// <summary>Two hundred programs by a seed, each changed in one step after it had run: every change is seen, and nothing runs because of it.</summary>
public sealed class ChangedCodeTests
{
    private const int Programs = 200;

    private static readonly string[] Names = ["a", "b", "c"];

    public static TheoryData<int> Seeds => [13, Random.Shared.Next(1_000_000)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task ChangedProgram_OverItsHistory_IsRefusedNamingBothSteps(int seed)
    {
        Random random = new(seed);
        string[][] before = [.. Enumerable.Range(0, Programs).Select(_ => Program(random))];
        (string[] Steps, int At, string How)[] after = [.. before.Select(steps => Change(steps, random))];
        int ran = 0;
        Code With(Func<int, string[]> program, bool changed)
        {
            Code code = new Code().Orchestrator("child", async (context, input) => await context.Call("a", input)).Orchestrator("case", async (context, number) =>
            {
                foreach (string step in program(int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)))
                {
                    await TakeAsync(context, step);
                }

                return await context.Event("go");
            });
            foreach (string name in Names)
            {
                code.Activity(name, input =>
                {
                    Interlocked.Increment(ref ran);
                    Assert.False(changed, "An activity ran.");
                    return input;
                });
            }

            return code;
        }

        await using TaskHubFolder hub = new();
        await hub.StartAsync(With(number => before[number], changed: false));
        await Task.WhenAll(Enumerable.Range(0, Programs).Select(number => hub.StartInstanceAsync("case", $"{number}", $"case-{number}")));
        for (int number = 0; number < Programs; number++)
        {
            int steps = before[number].Length;
            await TaskHubFolder.EventuallyAsync(async () => (await hub.KindsAsync($"case-{number}")).Count(IsEnd) == steps, $"seed {seed}, case-{number} took its {steps} steps");
        }

        int recorded = ran;
        await hub.StartAsync(With(number => after[number].Steps, changed: true));
        for (int number = 0; number < Programs; number++)
        {
            await hub.Client.RaiseEventAsync($"case-{number}", "go", "");
            TaskFailureDetails failure = await hub.FailureAsync($"case-{number}");
            (string[] steps, int at, string how) = after[number];
            string told = $"seed {seed}, case-{number}, {string.Join(' ', before[number])} {how} to {string.Join(' ', steps)}: {failure.ErrorMessage}";
            Assert.True(failure.IsCausedBy<NonDeterministicOrchestrationException>(), told);
            Assert.True(failure.ErrorMessage.Contains($"history has {Described(before[number][at], at)}", StringComparison.Ordinal), told);
            Assert.True(failure.ErrorMessage.Contains(at < steps.Length ? $"asks for {Described(steps[at], at)}" : "asks for no step", StringComparison.Ordinal), told);
        }

        Assert.Equal(recorded, ran);
    }

    private static bool IsEnd(string kind) => kind is "TaskCompleted" or "TimerFired" or "SubOrchestrationInstanceCompleted";

    private static Task TakeAsync(IOrchestrationContext context, string step) => step switch
    {
        "timer" => context.CreateTimer(context.CurrentUtcDateTime),
        "child" => context.Child("child", "x"),
        _ => context.Call(step, "x"),
    };

    private static string Described(string step, int id) => step switch
    {
        "timer" => $"TimerCreated (#{id})",
        "child" => $"SubOrchestrationInstanceCreated 'child' (#{id})",
        _ => $"TaskScheduled '{step}' (#{id})",
    };

    private static string[] Program(Random random) => [.. Enumerable.Range(0, random.Next(2, 9)).Select(_ => Step(random))];

    private static string Step(Random random) => random.Next(5) switch
    {
        3 => "timer",
        4 => "child",
        int activity => Names[activity],
    };

    /// <returns>The changed steps, and the first that is not what it was.</returns>
    private static (string[] Steps, int At, string How) Change(string[] steps, Random random)
    {
        while (true)
        {
            List<string> changed = [.. steps];
            int at = random.Next(steps.Length);
            string how;
            switch (random.Next(4))
            {
                case 0:
                    how = "reordered";
                    (changed[at], changed[^1]) = (changed[^1], changed[at]);
                    break;
                case 1:
                    how = "removed";
                    changed.RemoveAt(at);
                    break;
                case 2:
                    how = "renamed";
                    changed[at] = Step(random);
                    break;
                default:
                    how = "added";
                    changed.Insert(at, Step(random));
                    break;
            }

            // Swapping equals changes nothing, and a step after the last is news rather than a change.
            int first = Enumerable.Range(0, steps.Length).FirstOrDefault(step => step >= changed.Count || changed[step] != steps[step], -1);
            if (first >= 0)
            {
                return ([.. changed], first, how);
            }
        }
    }
}
