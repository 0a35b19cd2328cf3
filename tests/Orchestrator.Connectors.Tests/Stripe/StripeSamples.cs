using System.Text.Json.Nodes;
using Orchestrator.Agents.Governance;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Connectors.Tests.Stripe;

/// <summary>Objects and errors as Stripe's documentation shows them, reduced to what is read.</summary>
internal static class StripeSamples
{
    public const string Key = "rk_test_51Example";

    /// <summary>Stripe's word that sending again would change nothing: its own client then does not, and a test does not wait for it (docs.stripe.com/error-low-level).</summary>
    public static (string Name, string Value) FinalAnswer => ("Stripe-Should-Retry", "false");

    public static ActCall Call(string name = KeyNames.StripeRead) => new(new(name, "v7", Key));

    public static RefundOrder Order(string currency = "usd", long amount = 4200) =>
        new("case-a", "refund-1", "case-a:refund-1", new("ch_1"), new(amount, Currency.Parse(currency)), "requested_by_customer");

    public static string Charge(string id = "ch_1", string customer = "cus_1", string more = "") => $$"""
        {"id":"{{id}}","object":"charge","amount":12500,"amount_refunded":2500,"balance_transaction":"txn_1","captured":true,"created":1790000000,"currency":"kwd",
         "customer":"{{customer}}","description":"Order #A-10017 for Ana, see ana99@example.com","disputed":false,"metadata":{"order_number":"SO-4411","Customer Name":"Ana 1"},
         "outcome":{"network_status":"approved_by_network","risk_level":"elevated","type":"authorized"},"paid":true,"payment_intent":"pi_3Nx1",
         "payment_method_details":{"card":{"brand":"visa","last4":"4242"},"type":"card"},"receipt_number":"1234-5678","refunded":false,"status":"succeeded"{{more}}}
        """;

    public static string Refund(string id = "re_1", string charge = "ch_1", long amount = 4200, string currency = "usd", string status = "succeeded", string caseId = "case-a", string intent = "refund-1") => $$"""
        {"id":"{{id}}","object":"refund","amount":{{amount}},"charge":"{{charge}}","created":1790000000,"currency":"{{currency}}","failure_reason":null,
         "metadata":{"case_id":"{{caseId}}","refund_intent":"{{intent}}"},"payment_intent":"pi_1","pending_reason":{{(status == "pending" ? "\"processing\"" : "null")}},"reason":"requested_by_customer","status":"{{status}}"}
        """;

    public static string List(bool hasMore, params string[] items) => $$"""{"object":"list","data":[{{string.Join(',', items)}}],"has_more":{{(hasMore ? "true" : "false")}},"url":"/v1/x"}""";

    public static string Error(string message, string type = "invalid_request_error", string? code = null, string? param = null) =>
        new JsonObject { ["error"] = new JsonObject { ["type"] = type, ["code"] = code, ["param"] = param, ["message"] = message } }.ToJsonString();
}
