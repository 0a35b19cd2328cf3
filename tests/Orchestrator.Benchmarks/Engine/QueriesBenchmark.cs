using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Agents.Durability;
using Orchestrator.Engine;

namespace Orchestrator.Benchmarks.Engine;

/// <summary>
/// The first page of a listing by each filter, over many instances in a real file, and what a purge of many costs others who write meanwhile.
/// One instance in ten has completed and one in a thousand failed; the others wait. Each publishes its charge, and one of a thousand customers.
/// </summary>
internal static class QueriesBenchmark
{
    private const int Times = 30;

    private static readonly OrchestratorDefinition<int, string> Case = new("RefundCase");
    private static readonly OrchestratorDefinition<int, string> Rare = new("RareCase");

    public static Command Command(Option<string> output)
    {
        Option<int> instances = new("--instances") { Description = "How many.", DefaultValueFactory = _ => 100_000 };
        Command command = new("queries", "First page of a listing by each filter, and a purge beside other writers.") { instances, output };
        command.SetAction(async parsed => Report.Write(Console.Out, await MeasureAsync(parsed.GetValue(instances)), parsed.GetValue(output) == "json"));
        return command;
    }

    private static async Task<Dictionary<string, object?>> MeasureAsync(int instances)
    {
        string folder = Directory.CreateTempSubdirectory("queries-").FullName;
        try
        {
            TaskRegistry registry = new(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });
            registry.AddOrchestrator(Case, _ => new Waits()).AddOrchestrator(Rare, _ => new Waits());
            await using DurableEngine engine = new(new EngineOptions(Path.Combine(folder, "hub.db")), registry, new Nobody(), TimeProvider.System, NullLoggerFactory.Instance);
            await engine.StartAsync(CancellationToken.None);
            DateTimeOffset middle = await FillAsync(engine.Client, instances);

            Dictionary<string, object?> results = new() { ["instances"] = instances };
            (string Name, OrchestrationQuery Query)[] queries =
            [
                ("all", new()),
                ("status_common", new(Statuses: [OrchestrationRuntimeStatus.Running])),
                ("status_rare", new(Statuses: [OrchestrationRuntimeStatus.Failed])),
                ("statuses_ended", new(Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated])),
                ("name_common", new(Name: Case.Name)),
                ("name_rare", new(Name: Rare.Name)),
                ("created_older_half", new(CreatedTo: middle)),
                ("business_id_of_one", new() { BusinessId = $"ch_{instances / 2}" }),
                ("business_id_of_a_customer", new() { BusinessId = "cus_7" }),
                ("business_id_of_none", new() { BusinessId = "ch_none" }),
                ("custom_status_property_common", new() { CustomStatus = new("phase", "phase-3") }),
                ("custom_status_property_of_one", new() { CustomStatus = new("charge", "ch_5") }),
                ("custom_status_property_of_none", new() { CustomStatus = new("charge", "ch_none") }),
                ("with_inputs_and_outputs", new() { FetchInputsAndOutputs = true }),
            ];
            foreach ((string name, OrchestrationQuery query) in queries)
            {
                results[name + "_ms"] = await FirstPageAsync(engine.Client, query);
            }

            results["purge"] = await PurgeAsync(engine.Client);
            return results;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<DateTimeOffset> FillAsync(IOrchestrationClient client, int instances)
    {
        DateTimeOffset middle = default;
        for (int start = 0; start < instances; start += 1_000)
        {
            int[] batch = [.. Enumerable.Range(start, Math.Min(1_000, instances - start))];
            await Task.WhenAll(batch.Select(number => client.ScheduleNewOrchestrationInstanceAsync(number % 5_000 == 3 ? Rare : Case, number, $"case-{number}")));
            await Task.WhenAll(batch.Where(number => number % 10 == 0).Select(number => client.RaiseEventAsync($"case-{number}", "go", number % 1_000 == 0 ? "fail" : "on")));
            middle = start <= instances / 2 ? TimeProvider.System.GetUtcNow() : middle;
            await Console.Error.WriteAsync($"\rqueries: {start + batch.Length} instances");
        }

        await foreach (OrchestrationMetadata pending in client.GetAllInstancesAsync(new(Statuses: [OrchestrationRuntimeStatus.Pending])))
        {
            await client.WaitForInstanceStartAsync(pending.InstanceId);
        }

        await Console.Error.WriteLineAsync();
        return middle;
    }

    private static async Task<object> FirstPageAsync(IOrchestrationClient client, OrchestrationQuery query)
    {
        List<double> times = [];
        int found = 0;
        for (int time = 0; time < Times; time++)
        {
            long began = Stopwatch.GetTimestamp();
            await foreach (Page<OrchestrationMetadata> page in client.GetAllInstancesAsync(query).AsPages())
            {
                found = page.Values.Count;
                break;
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        return new Dictionary<string, object> { ["p50"] = Math.Round(times[Times / 2], 2), ["max"] = Math.Round(times[^1], 2), ["found"] = found };
    }

    /// <summary>Purges all ended instances while somebody else writes one event after the other.</summary>
    private static async Task<object> PurgeAsync(IOrchestrationClient client)
    {
        List<double> alone = await WriteAsync(client, Task.Delay(TimeSpan.FromSeconds(1)));
        long began = Stopwatch.GetTimestamp();
        Task<PurgeResult> purge = client.PurgeAllInstancesAsync(new());
        List<double> beside = await WriteAsync(client, purge);
        int purged = (await purge).PurgedInstanceCount;
        return new Dictionary<string, object>
        {
            ["purged"] = purged,
            ["seconds"] = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 2),
            ["writer_alone_p99_ms"] = P99(alone),
            ["writer_beside_p99_ms"] = P99(beside),
            ["writer_beside_max_ms"] = Math.Round(beside.Max(), 2),
        };
    }

    private static async Task<List<double>> WriteAsync(IOrchestrationClient client, Task until)
    {
        List<double> times = [];
        while (!until.IsCompleted || times.Count == 0)
        {
            long began = Stopwatch.GetTimestamp();
            await client.RaiseEventAsync("case-1", "note", times.Count);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return times;
    }

    private static double P99(List<double> times) => Math.Round(times.Order().ElementAt((int)(times.Count * 0.99)), 2);

    private sealed class Waits : IOrchestrator<int, string>
    {
        public async Task<string> RunAsync(IOrchestrationContext context, int input)
        {
            string charge = $"ch_{input}";
            context.SetCustomStatus(new Dictionary<string, object>
            {
                ["phase"] = $"phase-{input % 10}",
                ["waitingFor"] = "Waiting for an approval by support or finance, of a refund of EUR 42.00 on the charge named below.",
                ["charge"] = charge,
                [CustomStatusSearch.BusinessIds] = new[] { charge, $"cus_{input % 1_000}" },
            });
            return await context.WaitForExternalEvent<string>("go") == "fail" ? throw new InvalidOperationException("as asked") : charge;
        }
    }

    private sealed class Nobody : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
