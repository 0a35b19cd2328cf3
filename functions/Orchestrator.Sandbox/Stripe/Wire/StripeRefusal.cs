using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>
/// An answer that is Stripe's error object. Thrown, not returned, because it may arise at any depth of an operation
/// and always ends it; what the operation did before (a declined charge) stands.
/// </summary>
#pragma warning disable CA1064 // never leaves the pipeline of this assembly
internal sealed class StripeRefusal(int status, string type, string message) : Exception(message)
#pragma warning restore CA1064
{
    public int Status { get; } = status;

    public string Type { get; } = type;

    public string? Code { get; init; }

    public string? Param { get; init; }

    /// <summary>Further fields of the error object: <c>decline_code</c>, <c>charge</c>, <c>payment_intent</c>, …</summary>
    public JsonObject? More { get; init; }

    /// <summary>Whether an idempotency key remembers it: not when the parameters failed validation, and never a conflict or a limit, which another attempt may not meet.</summary>
    public bool Saved
    {
        get => field && Status is not (409 or 429);
        init;
    } = true;

    /// <summary>What Stripe's own clients are told of another attempt: <c>Stripe-Should-Retry</c>.</summary>
    public bool? ShouldRetry => Status switch
    {
        409 => true,
        429 => Code == "lock_timeout",
        _ => null,
    };

    /// <summary>Whether what was done before stands: a declined charge was made, a call held for approval was stored, a planned failure came after the effect.</summary>
    public bool Stands => Status >= 500 || Code is "approval_required" || (More is not null && (More.ContainsKey("charge") || More.ContainsKey("payment_intent")) && Status == 402);

    public static StripeRefusal Invalid(string message, string? code = null, string? param = null) =>
        new(400, "invalid_request_error", message) { Code = code, Param = param };

    public static StripeRefusal Validation(string message, string? code = null, string? param = null) =>
        new(400, "invalid_request_error", message) { Code = code, Param = param, Saved = false };

    public static StripeRefusal Missing(string noun, string id, string param = "id", string? otherMode = null) =>
        new(404, "invalid_request_error", $"No such {noun}: '{id}'{otherMode}") { Code = "resource_missing", Param = param };

    public static StripeRefusal ParameterMissing(string param) =>
        Validation($"Missing required param: {param}.", "parameter_missing", param);

    public static StripeRefusal Empty(string param) => Validation(
        $"You passed an empty string for '{param}'. We assume empty values are an attempt to unset a field; however '{param}' cannot be unset. You should remove '{param}' from your request or supply a non-empty value.",
        "parameter_invalid_empty",
        param);

    public Reply ToReply(string requestId)
    {
        JsonObject error = [];
        if (Code is not null)
        {
            error["code"] = Code;
            error["doc_url"] = $"https://stripe.com/docs/error-codes/{Code.Replace('_', '-')}";
        }

        foreach (var (name, value) in More ?? [])
        {
            error[name] = value?.DeepClone();
        }

        error["message"] = Message;
        if (Param is not null)
        {
            error["param"] = Param;
        }

        error["request_log_url"] = $"https://dashboard.stripe.com/test/logs/{requestId}";
        error["type"] = Type;
        return Reply.Of(Status, new JsonObject { ["error"] = error }) with { ShouldRetry = ShouldRetry };
    }
}
