using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Products;

internal static class ProductOperations
{
    private static readonly Dictionary<string, string> Searchable = new()
    {
        ["active"] = "active",
        ["description"] = "description",
        ["name"] = "name",
        ["shippable"] = "shippable",
        ["url"] = "url",
    };

    public static IEnumerable<Operation> All =>
    [
        Operation.Of("GET /v1/products", "product", List),
        Operation.Of("POST /v1/products", "product", Create),
        Operation.Of("GET /v1/products/search", "product", call => SearchQuery.Page(call, "product", Searchable)),
        Operation.Of("GET /v1/products/{id}", "product", call => Rendering.Of(call.Subject("product"))),
        Operation.Of("POST /v1/products/{id}", "product", Update),
        Operation.Of("DELETE /v1/products/{id}", "product", Delete),
    ];

    private static JsonObject List(Call call)
    {
        string[]? ids = call.Params.Items("ids") is { } given ? [.. given.Select(id => id!.GetValue<string>())] : null;
        return Paging.Page(call, call.Work.Account.Latest("product").Where(product =>
            (ids is null || ids.Contains(product.Id()))
            && (!call.Params.ContainsKey("active") || product.Flag("active") == call.Params.Flag("active"))
            && (!call.Params.ContainsKey("shippable") || product.Flag("shippable") == call.Params.Flag("shippable"))
            && (call.Params.Text("url") is not { } url || product.Text("url") == url)));
    }

    private static JsonObject Create(Call call)
    {
        JsonObject product = Of(call, call.Params);
        if (call.Params.Part("default_price_data") is { } price)
        {
            JsonObject given = price.Copy();
            given["product"] = product.Id();
            product["default_price"] = PriceObject.Of(call.Work, given).Id();
        }

        return Rendering.Of(product);
    }

    /// <summary>Makes and keeps a product; also one described within a price.</summary>
    public static JsonObject Of(Call call, JsonObject given)
    {
        JsonObject product = JsonFields.Parse("""
            {
              "id": "", "object": "product", "active": true, "created": 0, "default_price": null, "description": null, "images": [],
              "livemode": false, "marketing_features": [], "metadata": {}, "name": "", "package_dimensions": null, "shippable": null,
              "statement_descriptor": null, "tax_code": null, "tax_details": null, "type": "service", "unit_label": null, "updated": 0, "url": null
            }
            """);
        product["id"] = given.Text("id") ?? Ids.New("prod_");
        if (call.Work.Account.Find("product", product.Id()) is not null)
        {
            throw StripeRefusal.Invalid("Product already exists.", "resource_already_exists", "id");
        }

        product["created"] = call.Work.Now;
        product["updated"] = call.Work.Now;
        Take(product, given);
        call.Work.Add(product);
        call.Work.Emit("product.created", product);
        return product;
    }

    private static JsonObject Update(Call call)
    {
        JsonObject product = call.Subject("product");
        JsonObject before = product.Copy();
        Take(product, call.Params);
        product.Take(call.Params, "default_price");
        product["updated"] = call.Work.Now;
        call.Work.Put(product);
        call.Work.Emit("product.updated", product, before);
        return Rendering.Of(product);
    }

    private static void Take(JsonObject product, JsonObject given)
    {
        Metadata.Merge(product, given);
        product.Take(
            given, "active", "description", "images", "marketing_features", "name", "package_dimensions", "shippable", "statement_descriptor",
            "tax_code", "tax_details", "type", "unit_label", "url");
    }

    private static JsonObject Delete(Call call)
    {
        JsonObject product = call.Subject("product");
        if (call.Work.Account.All("price").Any(price => price.Text("product") == call.Id))
        {
            throw StripeRefusal.Invalid("This product cannot be deleted because it has one or more user-created prices.");
        }

        call.Work.Drop(product);
        call.Work.Emit("product.deleted", product);
        return new JsonObject { ["id"] = call.Id, ["object"] = "product", ["deleted"] = true };
    }
}
