using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>An address is answered with all its lines, given or not; so is what is shipped to it.</summary>
internal static class Addresses
{
    private static readonly string[] Lines = ["city", "country", "line1", "line2", "postal_code", "state"];
    private static readonly string[] Shipping = ["carrier", "name", "phone", "tracking_number"];

    public static void Complete(JsonObject holder)
    {
        Fill(holder.Part("address"), Lines);
        if (holder.Part("shipping") is { } shipping)
        {
            Fill(shipping, holder.Text("object") == "customer" ? Shipping.AsSpan(1, 2) : Shipping);
            Fill(shipping.Part("address"), Lines);
        }
    }

    private static void Fill(JsonObject? target, ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            target?.TryAdd(name, null);
        }
    }
}
