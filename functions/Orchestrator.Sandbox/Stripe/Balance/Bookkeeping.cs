using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Money;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Balance;

/// <summary>
/// What the account has: charges add to it, refunds and lost disputes take from what is available. Unless a limit was
/// set, it may go below zero as Stripe's test mode lets it; with a limit, a refund beyond it waits.
/// </summary>
internal static class Bookkeeping
{
    private const string ObjectId = "_balance";
    private const long DaysToSettle = 2;
    private const long DisputeFee = 1500;

    public static JsonObject Of(Account account) => account.Find(ObjectId) ?? new JsonObject
    {
        ["id"] = ObjectId,
        ["object"] = "_balance",
        ["available"] = new JsonObject(),
        ["pending"] = new JsonObject(),
        ["limited"] = new JsonArray(),
    };

    public static JsonObject Earn(Work work, JsonObject charge, long amount, bool atOnce)
    {
        string currency = charge.Text("currency")!;
        long fee = Fee(amount, currency);
        long availableOn = atOnce ? work.Now : work.Now + (DaysToSettle * 24 * 60 * 60);
        JsonObject entry = Entry(work, charge, "charge", "charge", amount, fee, availableOn);
        Move(work, atOnce ? "available" : "pending", currency, amount - fee);
        if (!atOnce)
        {
            work.Later(availableOn, "make_available", entry.Id());
        }

        return entry;
    }

    /// <summary>Takes a refund's money out, or gives it back when <paramref name="returned"/>. Stripe keeps its fee.</summary>
    public static JsonObject Refund(Work work, JsonObject refund, bool returned = false)
    {
        long amount = returned ? refund.Amount("amount") : -refund.Amount("amount");
        JsonObject entry = Entry(
            work, refund, returned ? "refund_failure" : "refund", returned ? "refund_failure" : "refund", amount, fee: 0, work.Now);
        Move(work, "available", refund.Text("currency")!, amount);
        return entry;
    }

    public static JsonObject Dispute(Work work, JsonObject dispute, bool reinstated)
    {
        long amount = reinstated ? dispute.Amount("amount") : -dispute.Amount("amount");
        long fee = reinstated ? 0 : DisputeFee;
        JsonObject entry = Entry(work, dispute, "adjustment", reinstated ? "dispute_reversal" : "dispute", amount, fee, work.Now);
        Move(work, "available", dispute.Text("currency")!, amount - fee);
        return entry;
    }

    /// <summary>Whether a refund can be paid now: always, unless its currency is limited.</summary>
    public static bool Covers(Account account, string currency, long amount)
    {
        JsonObject balance = Of(account);
        bool limited = balance.Items("limited")!.Any(entry => entry!.GetValue<string>() == currency);
        return !limited || balance.Part("available")!.Amount(currency) >= amount;
    }

    /// <summary>Sets what is available of a currency and holds refunds to it; null lifts the limit.</summary>
    public static void Limit(Work work, string currency, long? available)
    {
        JsonObject balance = Of(work.Account).Copy();
        balance["limited"] = new JsonArray([.. balance.Items("limited")!.Select(entry => entry!.GetValue<string>()).Where(entry => entry != currency).Concat(available is null ? [] : [currency]).Select(entry => JsonValue.Create(entry))]);
        if (available is { } amount)
        {
            balance.Part("available")![currency] = amount;
        }

        work.Put(balance);
    }

    public static void Move(Work work, string purse, string currency, long amount)
    {
        JsonObject balance = Of(work.Account);
        JsonObject amounts = balance.Part(purse)!;
        amounts[currency] = amounts.Amount(currency) + amount;
        work.Put(balance);
    }

    /// <summary>A charge's money has arrived.</summary>
    public static void MakeAvailable(Work work, JsonObject entry)
    {
        string currency = entry.Text("currency")!;
        Move(work, "pending", currency, -entry.Amount("net"));
        Move(work, "available", currency, entry.Amount("net"));
        entry["status"] = "available";
        work.Put(entry);
    }

    private static JsonObject Entry(Work work, JsonObject source, string type, string category, long amount, long fee, long availableOn)
    {
        string currency = source.Text("currency")!;
        JsonObject entry = new()
        {
            ["id"] = Ids.New("txn_"),
            ["object"] = "balance_transaction",
            ["amount"] = amount,
            ["available_on"] = availableOn,
            ["balance_type"] = "payments",
            ["created"] = work.Now,
            ["currency"] = currency,
            ["description"] = source.Text("description"),
            ["exchange_rate"] = null,
            ["fee"] = fee,
            ["fee_details"] = fee == 0 ? [] : new JsonArray(new JsonObject
            {
                ["amount"] = fee,
                ["application"] = null,
                ["currency"] = currency,
                ["description"] = type == "charge" ? "Stripe processing fees" : "Dispute fee",
                ["type"] = "stripe_fee",
            }),
            ["net"] = amount - fee,
            ["reporting_category"] = category,
            ["source"] = source.Id(),
            ["status"] = availableOn <= work.Now ? "available" : "pending",
            ["type"] = type,
        };
        work.Put(entry);
        return entry;
    }

    // 2.9 % and, where cents exist, 30 of them.
    private static long Fee(long amount, string currency) =>
        (long)Math.Round(amount * 0.029m, MidpointRounding.AwayFromZero) + (Currency.Decimals(currency) == 2 ? 30 : 0);
}
