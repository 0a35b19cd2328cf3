using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Events;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Webhooks;

internal static class WebhookOperations
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/webhook_endpoints", "webhook", call => Paging.Page(call, call.Work.Account.Latest("webhook_endpoint"))),
        Operation.Of("POST /v1/webhook_endpoints", "webhook", Create),
        Operation.Of("GET /v1/webhook_endpoints/{id}", "webhook", call => Rendering.Of(call.Subject("webhook_endpoint"))),
        Operation.Of("POST /v1/webhook_endpoints/{id}", "webhook", Update),
        Operation.Of("DELETE /v1/webhook_endpoints/{id}", "webhook", Delete),
    ];

    // The secret is shown once, in this answer.
    private static JsonObject Create(Call call)
    {
        if (call.Params.Text("api_version") is { } version && version != EventLog.ApiVersion)
        {
            throw StripeRefusal.Validation($"The sandbox sends events in the shapes of {EventLog.ApiVersion} only, not in those of {version}.", param: "api_version");
        }

        string secret = $"whsec_{Ids.Random(32)}";
        JsonObject endpoint = new()
        {
            ["id"] = Ids.New("we_"),
            ["object"] = "webhook_endpoint",
            ["api_version"] = call.Params.Text("api_version"),
            ["application"] = null,
            ["created"] = call.Work.Now,
            ["description"] = call.Params.Text("description"),
            ["enabled_events"] = call.Params["enabled_events"]!.DeepClone(),
            ["livemode"] = false,
            ["metadata"] = Metadata.Of(call.Params),
            ["status"] = "enabled",
            ["url"] = Url(call.Params),
            ["_secret"] = secret,
        };
        call.Work.Add(endpoint);
        JsonObject answer = Rendering.Of(endpoint);
        answer["secret"] = secret;
        return answer;
    }

    /// <summary>An endpoint with a secret of the caller's choice, one per address: for a product that starts again and still knows its secret.</summary>
    public static JsonObject Ensure(Work work, JsonObject given)
    {
        string url = Url(given);
        JsonObject endpoint = work.Account.All("webhook_endpoint").FirstOrDefault(known => known.Text("url") == url) ?? new JsonObject
        {
            ["id"] = Ids.New("we_"),
            ["object"] = "webhook_endpoint",
            ["api_version"] = null,
            ["application"] = null,
            ["created"] = work.Now,
            ["description"] = null,
            ["enabled_events"] = new JsonArray("*"),
            ["livemode"] = false,
            ["metadata"] = new JsonObject(),
            ["status"] = "enabled",
            ["url"] = url,
        };
        endpoint.Take(given, "enabled_events");
        endpoint["_secret"] = given.Text("secret") ?? throw StripeRefusal.ParameterMissing("secret");
        work.Put(endpoint);
        return Rendering.Of(endpoint);
    }

    private static JsonObject Update(Call call)
    {
        JsonObject endpoint = call.Subject("webhook_endpoint");
        Metadata.Merge(endpoint, call.Params);
        endpoint.Take(call.Params, "description", "enabled_events");
        if (call.Params.ContainsKey("url"))
        {
            endpoint["url"] = Url(call.Params);
        }

        if (call.Params.ContainsKey("disabled"))
        {
            endpoint["status"] = call.Params.Flag("disabled") ? "disabled" : "enabled";
        }

        call.Work.Put(endpoint);
        return Rendering.Of(endpoint);
    }

    private static JsonObject Delete(Call call)
    {
        call.Work.Drop(call.Subject("webhook_endpoint"));
        return new JsonObject { ["id"] = call.Id, ["object"] = "webhook_endpoint", ["deleted"] = true };
    }

    private static string Url(JsonObject given) => Uri.TryCreate(given.Text("url"), UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
        ? given.Text("url")!
        : throw StripeRefusal.Invalid("Not a valid URL", "url_invalid", "url");
}
