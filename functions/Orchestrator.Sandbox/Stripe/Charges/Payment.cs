using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Stripe.Charges;

/// <summary>
/// A payment to try. <c>Method</c>: the stored payment method or card source. <c>Intent</c>: Id of the payment intent it
/// belongs to, null for a bare charge. <c>Given</c>: description, metadata, shipping and the like, to be taken over.
/// </summary>
internal sealed record Payment(long Amount, string Currency, JsonObject Method, string? Customer, string? Intent, bool Capture, JsonObject Given);
