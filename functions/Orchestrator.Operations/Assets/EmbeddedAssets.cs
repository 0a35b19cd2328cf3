using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Orchestrator.Operations.Assets;

/// <summary>Style sheet, script and icon, carried in the assembly. Their addresses hold a hash, so that a browser keeps them until they change.</summary>
internal static class EmbeddedAssets
{
    private static readonly FrozenDictionary<string, Asset> Files = new[]
    {
        Load("site.css", "text/css; charset=utf-8"),
        Load("page.js", "text/javascript; charset=utf-8"),
        Load("icon.svg", "image/svg+xml"),
    }.ToFrozenDictionary(asset => asset.Name);

    public static string Address(string name) => $"/assets/{name}?v={Files[name].Hash[..12]}";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/assets/{name}", [HttpMethods.Get, HttpMethods.Head], (string name, HttpResponse response) =>
        {
            if (!Files.TryGetValue(name, out Asset? asset))
            {
                return Results.NotFound();
            }

            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(asset.Content, asset.Type, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}\""));
        }).AllowAnonymous();

    private static Asset Load(string name, string type)
    {
        using Stream stream = typeof(EmbeddedAssets).Assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new(name, type, content, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    private sealed record Asset(string Name, string Type, byte[] Content, string Hash);
}
