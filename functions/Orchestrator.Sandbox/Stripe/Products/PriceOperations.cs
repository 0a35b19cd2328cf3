using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Products;

internal static class PriceOperations
{
    private static readonly Dictionary<string, string> Searchable = new()
    {
        ["active"] = "active",
        ["currency"] = "currency",
        ["lookup_key"] = "lookup_key",
        ["product"] = "product",
        ["type"] = "type",
    };

    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/prices", "plan", List),
        Operation.Of("POST /v1/prices", "plan", Create),
        Operation.Of("GET /v1/prices/search", "plan", call => SearchQuery.Page(call, "price", Searchable)),
        Operation.Of("GET /v1/prices/{id}", "plan", call => Rendering.Of(call.Subject("price"))),
        Operation.Of("POST /v1/prices/{id}", "plan", Update),
    ];

    private static JsonObject List(Call call)
    {
        string[]? keys = call.Params.Items("lookup_keys") is { } given ? [.. given.Select(key => key!.GetValue<string>())] : null;
        return Paging.Page(call, call.Work.Account.Latest("price").Where(price =>
            (keys is null || keys.Contains(price.Text("lookup_key")))
            && (!call.Params.ContainsKey("active") || price.Flag("active") == call.Params.Flag("active"))
            && (call.Params.Text("currency") is not { } currency || price.Text("currency") == currency)
            && (call.Params.Text("type") is not { } type || price.Text("type") == type)
            && (call.Params.Text("product") is not { } product || price.Text("product") == product)));
    }

    private static JsonObject Create(Call call)
    {
        if (call.Params.ContainsKey("product") == call.Params.ContainsKey("product_data"))
        {
            throw call.Params.ContainsKey("product")
                ? StripeRefusal.Validation("You may only specify one of these parameters: product, product_data.", "parameters_exclusive")
                : StripeRefusal.ParameterMissing("product");
        }

        JsonObject given = call.Params.Copy();
        call.Named("product", "product");
        if (call.Params.Part("product_data") is { } product)
        {
            given["product"] = ProductOperations.Of(call, product).Id();
        }

        return Rendering.Of(PriceObject.Of(call.Work, given));
    }

    private static JsonObject Update(Call call)
    {
        JsonObject price = call.Subject("price");
        JsonObject before = price.Copy();
        Metadata.Merge(price, call.Params);
        price.Take(call.Params, "active", "lookup_key", "nickname", "tax_behavior");
        call.Work.Put(price);
        call.Work.Emit("price.updated", price, before);
        return Rendering.Of(price);
    }
}
