using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Running;

namespace Orchestrator.Benchmarks.Product;

/// <summary>From the inbox's 202 to the card in Teams, over the running product and the sandbox, at a steady rate.</summary>
internal static class MailToCard
{
    public static async Task<Dictionary<string, object?>> MeasureAsync(int perSecond, int seconds)
    {
        await using Scene scene = await Scene.StartAsync(new Dictionary<string, string> { ["ORCHESTRATOR__Sandbox__CardsPerSecond"] = "1000" });
        int count = perSecond * seconds;
        const int WarmUp = 40;
        await Console.Error.WriteLineAsync($"mail-to-card: selling to {count + WarmUp} customers");
        await Parallel.ForEachAsync(Enumerable.Range(0, count + WarmUp), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
            await scene.SellAsync(Address(number), "Bea Bench", 4200, "eur", Order(number)));

        await Console.Error.WriteLineAsync($"mail-to-card: warming up, then {perSecond} mails a second for {seconds} s");
        await SendAsync(scene, count, WarmUp, perSecond);
        await WaitForCardsAsync(scene, WarmUp);
        ConcurrentDictionary<string, DateTimeOffset> accepted = await SendAsync(scene, 0, count, perSecond);
        await WaitForCardsAsync(scene, WarmUp + count);

        List<double> waits = [];
        foreach (JsonNode card in await scene.Sandbox.CardsAsync())
        {
            string text = card.ToJsonString();
            if (accepted.FirstOrDefault(one => text.Contains(one.Key, StringComparison.Ordinal)) is { Key: not null } mail)
            {
                waits.Add(Math.Max(0, (DateTimeOffset.Parse(card["receivedAt"]!.GetValue<string>(), CultureInfo.InvariantCulture) - mail.Value).TotalMilliseconds));
            }
        }

        waits.Sort();
        return new()
        {
            ["mails"] = count,
            ["per_second"] = perSecond,
            ["cards"] = waits.Count,
            ["mail_to_card_ms"] = new Dictionary<string, double> { ["p50"] = At(waits, 0.50), ["p95"] = At(waits, 0.95), ["p99"] = At(waits, 0.99), ["max"] = Math.Round(waits[^1], 1) },
            ["machine"] = Machine.Describe(),
        };
    }

    private static async Task<ConcurrentDictionary<string, DateTimeOffset>> SendAsync(Scene scene, int first, int count, int perSecond)
    {
        ConcurrentDictionary<string, DateTimeOffset> accepted = new();
        List<Task> sending = [];
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < count; i++)
        {
            TimeSpan due = TimeSpan.FromSeconds((double)i / perSecond) - watch.Elapsed;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            sending.Add(OneAsync(first + i));
        }

        await Task.WhenAll(sending);
        return accepted;

        async Task OneAsync(int number)
        {
            string caseId = await scene.SendMailAsync(Address(number), "Refund please", $"Please refund my order {Order(number)}, it never arrived.");
            accepted[caseId] = DateTimeOffset.UtcNow;
        }
    }

    private static Task WaitForCardsAsync(Scene scene, int count) =>
        Eventually.TrueAsync(async () => (await scene.Sandbox.CardsAsync()).Count >= count, TimeSpan.FromSeconds(90), () => "Not every mail became a card.");

    private static double At(List<double> sorted, double share) => Math.Round(sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(sorted.Count * share) - 1)], 1);

    private static string Address(int number) => $"bench{number}@customer.example";

    private static string Order(int number) => string.Create(CultureInfo.InvariantCulture, $"B-{100000 + number}");
}
