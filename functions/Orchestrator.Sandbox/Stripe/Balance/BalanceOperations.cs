using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Balance;

internal static class BalanceOperations
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/balance", "balance", Retrieve),
        Operation.Of("GET /v1/balance_transactions", "balance", List),
        Operation.Of("GET /v1/balance_transactions/{id}", "balance", call => Rendering.Of(call.Subject("balance_transaction"))),
    ];

    private static JsonObject Retrieve(Call call)
    {
        JsonObject balance = Bookkeeping.Of(call.Work.Account);
        return new JsonObject
        {
            ["object"] = "balance",
            ["available"] = Amounts(balance.Part("available")!),
            ["livemode"] = false,
            ["pending"] = Amounts(balance.Part("pending")!),
        };
    }

    private static JsonArray Amounts(JsonObject purse)
    {
        IEnumerable<string> currencies = purse.Count == 0 ? ["usd"] : purse.Select(entry => entry.Key);
        return [.. currencies.Select(currency =>
        {
            long amount = purse.Amount(currency);
            return new JsonObject { ["amount"] = amount, ["currency"] = currency, ["source_types"] = new JsonObject { ["card"] = amount } };
        })];
    }

    private static JsonObject List(Call call) => Paging.Page(call, call.Work.Account.Latest("balance_transaction").Where(entry =>
        (call.Params.Text("source") is not { } source || entry.Text("source") == source)
        && (call.Params.Text("type") is not { } type || entry.Text("type") == type)
        && (call.Params.Text("currency") is not { } currency || entry.Text("currency") == currency)));
}
