using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>One operation: method and path template, the resource whose right a restricted key needs, what it does.</summary>
internal sealed record Operation(string Method, string Template, string Resource, Func<Call, JsonObject> Handle)
{
    public bool Writes => Method != "GET";

    public string Name => $"{Method} {Template}";

    public static Operation Of(string name, string resource, Func<Call, JsonObject> handle)
    {
        int space = name.IndexOf(' ', StringComparison.Ordinal);
        return new(name[..space], name[(space + 1)..], resource, handle);
    }
}
