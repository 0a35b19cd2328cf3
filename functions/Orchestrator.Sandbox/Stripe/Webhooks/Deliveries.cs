using System.Text.Json.Nodes;
using Orchestrator.Sandbox.State;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Webhooks;

/// <summary>
/// Events on their way to webhook endpoints. Stripe promises neither order nor once-only; the switches under
/// <c>webhooks</c> make each of that happen: <c>delivery</c>, <c>duplicates</c>, <c>disorder</c>, <c>delay_seconds</c>.
/// </summary>
internal static class Deliveries
{
    private const string ObjectType = "_delivery";

    /// <summary>Plans a delivery to each endpoint that wants the event, and says how many.</summary>
    public static long Plan(Work work, JsonObject happened)
    {
        long planned = 0;
        foreach (JsonObject endpoint in work.Account.All("webhook_endpoint").Where(endpoint => Wants(endpoint, happened.Text("type")!)).ToArray())
        {
            JsonObject switches = Settings.Of(work.Account).Part("webhooks")!;
            for (long copy = 0; copy <= switches.Amount("duplicates"); copy++)
            {
                work.Put(new JsonObject
                {
                    ["id"] = $"_delivery_{Ids.Random(16)}",
                    ["object"] = ObjectType,
                    ["event"] = happened.Id(),
                    ["endpoint"] = endpoint.Id(),
                    ["at"] = work.Now + switches.Amount("delay_seconds"),
                    ["tries"] = 0L,
                });
            }

            planned++;
        }

        return planned;
    }

    /// <summary>Sends what is due: to each endpoint in turn, to all endpoints at once, so that a slow one delays only itself.</summary>
    public static Task SendDueAsync(Account account, SandboxClock clock, WebhookSender sender, CancellationToken cancellation) =>
        Task.WhenAll(Due(account, clock).GroupBy(letter => letter.Url).Select(letters => SendAsync(letters, account, clock, sender, cancellation)));

    private static async Task SendAsync(IEnumerable<Letter> letters, Account account, SandboxClock clock, WebhookSender sender, CancellationToken cancellation)
    {
        foreach (Letter letter in letters)
        {
            bool arrived = await sender.SendAsync(letter.Url, letter.Body, letter.Signature, cancellation);
            lock (account.Gate)
            {
                Settle(account, letter, arrived, clock.GetUtcNow().ToUnixTimeSeconds());
            }
        }
    }

    /// <summary>Sends an event again to every endpoint that wants it, as the Dashboard's button does.</summary>
    public static long Resend(Work work, JsonObject happened) => Plan(work, happened);

    private static List<Letter> Due(Account account, SandboxClock clock)
    {
        lock (account.Gate)
        {
            long now = clock.GetUtcNow().ToUnixTimeSeconds();
            JsonObject switches = Settings.Of(account).Part("webhooks")!;
            if (switches["delivery"]!.GetValue<bool>() is false)
            {
                return [];
            }

            JsonObject[] due = [.. account.All(ObjectType).Where(delivery => delivery.Amount("at") <= now)];
            if (switches.Flag("disorder"))
            {
                Array.Reverse(due);
            }

            Forget(account, due.Where(delivery => account.Find("webhook_endpoint", delivery.Text("endpoint")!) is null), now);
            return [.. due.Select(delivery => LetterOf(account, delivery, now)).OfType<Letter>()];
        }
    }

    private static void Forget(Account account, IEnumerable<JsonObject> undeliverable, long now)
    {
        Work work = account.Begin(now);
        foreach (JsonObject delivery in undeliverable.ToArray())
        {
            work.Drop(delivery);
        }

        work.Commit();
    }

    private static Letter? LetterOf(Account account, JsonObject delivery, long now)
    {
        if (account.Find("webhook_endpoint", delivery.Text("endpoint")!) is not { } endpoint || account.Find(delivery.Text("event")!) is not { } happened)
        {
            return null;
        }

        JsonObject shown = Rendering.Of(happened);
        string body = Reply.Of(200, shown).Body;
        return new Letter(delivery.Id(), endpoint.Text("url")!, body, WebhookSignature.Of(body, endpoint.Text("_secret")!, now));
    }

    private static void Settle(Account account, Letter letter, bool arrived, long now)
    {
        if (account.Find(letter.Delivery) is not { } delivery)
        {
            return;
        }

        Work work = account.Begin(now);
        JsonObject switches = Settings.Of(account).Part("webhooks")!;
        delivery["tries"] = delivery.Amount("tries") + 1;
        if (arrived || delivery.Amount("tries") >= switches.Amount("attempts"))
        {
            work.Drop(delivery);
            if (arrived && account.Find(delivery.Text("event")!) is { } happened)
            {
                happened["pending_webhooks"] = Math.Max(0, happened.Amount("pending_webhooks") - 1);
                work.Put(happened);
            }
        }
        else
        {
            delivery["at"] = now + (switches.Amount("retry_seconds") * delivery.Amount("tries"));
            work.Put(delivery);
        }

        work.Commit();
    }

    private static bool Wants(JsonObject endpoint, string type) => endpoint.Text("status") == "enabled"
        && endpoint.Items("enabled_events")!.Any(wanted => wanted!.GetValue<string>() is var name && (name == "*" || name == type));

    private sealed record Letter(string Delivery, string Url, string Body, string Signature);
}
