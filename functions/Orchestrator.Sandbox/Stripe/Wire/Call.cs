using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Stripe.Books;
using Orchestrator.Sandbox.Stripe.Keys;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>One request that passed its checks: typed parameters, the ids in its path, and the work it does.</summary>
internal sealed record Call(Work Work, Caller Caller, string Path, IReadOnlyList<string> Ids, JsonObject Params)
{
    /// <summary>A stored call that a second party has approved: it is not held again.</summary>
    public bool Approved { get; init; }

    /// <summary>A read may still ask about a customer that was deleted; nothing new can be done with one.</summary>
    public bool Reads { get; init; }

    public string Id => Ids[0];

    /// <summary>The object a path id means, or Stripe's 404.</summary>
    public JsonObject Subject(string type, string? noun = null) =>
        Work.Account.Find(type, Id) is { } found ? Work.Guard(found) : throw StripeRefusal.Missing(noun ?? type, Id, type == "payment_intent" ? "intent" : "id");

    /// <summary>The object a parameter names, null when it names none, or Stripe's 400 with the parameter's name.</summary>
    public JsonObject? Named(string param, string type, string? noun = null) => Params.Text(param) is not { } id
        ? null
        : Work.Account.Find(type, id) is { } found && (Reads || !found.Flag("deleted")) ? Work.Guard(found) : throw StripeRefusal.Invalid($"No such {noun ?? type}: '{id}'", "resource_missing", param);
}
