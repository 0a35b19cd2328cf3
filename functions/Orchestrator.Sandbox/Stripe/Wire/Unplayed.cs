using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>What Stripe takes and the sandbox does not play is refused by name, never dropped: a test that passes must not rest on what did not happen.</summary>
internal static class Unplayed
{
    private static readonly string[] Connect = ["application_fee", "application_fee_amount", "application_fee_percent", "destination", "on_behalf_of", "transfer_data"];

    /// <exception cref="StripeRefusal">One of them is given.</exception>
    public static void Refuse(JsonObject parameters)
    {
        if (Connect.FirstOrDefault(name => parameters[name] is { } value && value.ToString().Length > 0) is { } given)
        {
            throw StripeRefusal.Validation($"The sandbox does not play Connect: it takes no '{given}'.", param: given);
        }
    }
}
