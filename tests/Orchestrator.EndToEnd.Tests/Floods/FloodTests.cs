using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.EndToEnd.Tests.Attaching;
using Orchestrator.EndToEnd.Tests.Running;
using Xunit.Abstractions;

namespace Orchestrator.EndToEnd.Tests.Floods;

/// <summary>One sender writes two thousand mails; twenty others, who write meanwhile, wait no longer for it.</summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    private const int Mails = 2_000;
    private const int Others = 20;

    [OwnHeadFact("it floods it")]
    public async Task ManyMailsOfOneSender_BesideOthers_LeaveTheOthersTheirPaceAndLoseNothing()
    {
        await using Scene scene = await Scene.StartAsync();
        string[] charges = await Task.WhenAll(Enumerable.Range(0, Others + 1).Select(number => scene.SellAsync($"other{number}@customer.example", "Olga Other", 4200, "eur", $"K-{7000 + number}")));
        await scene.SellAsync("flood@customer.example", "Fred Flood", 4200, "eur", "K-6999");
        await scene.AsAsync(Scene.Ana);
        await OneAsync(scene, number: 0, charges[0]);

        Task<string[]> flood = Parallels(Mails, 8, number => scene.SendMailAsync(
            "flood@customer.example", "Refund", $"Please refund my order K-6999, it never arrived. ({number})", $"<flood-{number}@customer.example>"));
        await Eventually.TrueAsync(async () => (await scene.FindCasesAsync("flood@customer.example")).Count > 5, Eventually.Patience, () => "The flood did not begin.");

        List<Task<Waits>> others = [];
        for (int number = 1; number <= Others; number++)
        {
            others.Add(OneAsync(scene, number, charges[number]));
            await Task.Delay(500);
        }

        Waits[] waits = await Task.WhenAll(others);
        string[] cases = await flood;
        TimeSpan[] cards = [.. waits.Select(one => one.Card).Order()];
        TimeSpan[] refunds = [.. waits.Select(one => one.Refund).Order()];
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{Mails} mails of one sender, {Others} others beside them. Card after {cards[Others / 2].TotalSeconds:0.00} s (median), {cards[^1].TotalSeconds:0.00} s (longest); refund {refunds[^1].TotalSeconds:0.00} s after the approval (longest).");
        output.WriteLine(figures);

        Assert.Equal(20, cases.Distinct().Count());
        JsonNode[] messages = [.. await Task.WhenAll(cases.Distinct().Select(async id => await scene.DetailAsync(id)))];
        Assert.Equal(Mails, messages.Sum(one => one["messages"]!.AsArray().Count + (one["mailsBeyond"]?.GetValue<int>() ?? 0)));

        // One of twenty may have met another tenant of the machine.
        Assert.True(cards[^2] < TimeSpan.FromSeconds(1) && refunds[^2] < TimeSpan.FromSeconds(2), figures);
        await scene.AssertChainHoldsAsync();
    }

    private static async Task<Waits> OneAsync(Scene scene, int number, string charge)
    {
        long sent = Stopwatch.GetTimestamp();
        string caseId = await scene.SendMailAsync($"other{number}@customer.example", "Refund", $"Please refund my order K-{7000 + number}, it never arrived.");
        await Eventually.TrueAsync(async () => (await scene.CardsOfAsync(caseId)).Count > 0, Eventually.Patience, () => $"No card of {caseId}.");
        TimeSpan card = Stopwatch.GetElapsedTime(sent);
        await scene.ApproveAsync($"{caseId}-r1");
        long approved = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(async () => (await scene.RefundsAsync(charge)).Count == 1, Eventually.Patience, () => $"No refund of {caseId}.");
        return new(card, Stopwatch.GetElapsedTime(approved));
    }

    private static async Task<T[]> Parallels<T>(int count, int connections, Func<int, Task<T>> one)
    {
        var all = new T[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = connections }, async (number, _) => all[number] = await one(number));
        return all;
    }

    private sealed record Waits(TimeSpan Card, TimeSpan Refund);
}
