using System.Text.Json.Serialization;

namespace Orchestrator.Operations.Answers;

/// <summary>An error for people and programs (RFC 9457): a stable type, one sentence, and what to do next.</summary>
/// <param name="Type"><c>urn:orchestrator:problem:</c> and a name that never changes.</param>
/// <param name="Errors">By field, where fields were wrong.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string? NextStep = null, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    private const string Prefix = "urn:orchestrator:problem:";

    /// <summary>Seconds, for <c>Retry-After</c>.</summary>
    [JsonIgnore]
    public int? RetryAfter { get; init; }

    public static Problem Of(int status, string name, string title, string detail, string? nextStep = null) => new(Prefix + name, title, status, detail, nextStep);

    public static Problem Fields(string detail, IReadOnlyDictionary<string, string[]> errors) =>
        new(Prefix + "invalid-field", "A field is wrong", 422, detail, "Mend the fields named under errors and send it again.", errors);

    public static Problem NotFound(string what, string id) =>
        Of(404, "not-found", "Not found", $"There is no {what} '{id}'.", "Check the id; the console's search takes any id of a case, charge, refund or approval.");

    public static Problem SignedOut { get; } =
        Of(401, "signed-out", "Sign in first", "This needs a signed-in person or a token.", "Sign in, or send Authorization: Bearer with a token of this server.");

    public static Problem Unauthentic { get; } =
        Of(401, "signature-invalid", "The signature does not match", "The signature is missing, too old, or made with another key or over another body.", "Check the signing key and the sender's clock; the signature covers the raw body.");

    public static Problem TooLarge { get; } =
        Of(413, "too-large", "Too large", "The body is larger than 256 KB.", "Send attachments elsewhere; a mail's text alone is enough.");

    public static Problem NotSameSite { get; } =
        Of(403, "cross-site", "Refused", "The request came from another site's page.", "Use the console, or the command line with its own token.");

    /// <summary>For a status that something else set without a body.</summary>
    public static Problem ForStatus(int status) => status switch
    {
        400 => Of(400, "bad-request", "Not understood", "The request can't be read as it is.", "Check it against the documentation and send it again."),
        401 => SignedOut,
        403 => Of(403, "forbidden", "Not allowed", "Your groups do not allow this.", "Ask whoever keeps the refund policy to add you to a group, or another person to do it."),
        404 => Of(404, "not-found", "Not found", "There is nothing at this address.", "Check the address, or begin at the console."),
        405 => Of(405, "method-not-allowed", "Not this way", "This address does not take that method."),
        413 => TooLarge,
        415 => Of(415, "unsupported-media-type", "Wrong kind of content", "This address takes JSON.", "Send Content-Type: application/json."),
        503 => Of(503, "unavailable", "Not available now", "Something this needs does not answer.", "Try again in a minute; 'doctor' says what is wrong."),
        _ when status < 500 => Of(status, "bad-request", "Not understood", "The request can't be taken as it is."),
        _ => Of(status, "internal", "Something broke here", "The request failed and nothing was decided by it.", "Try again; if it fails again, the log of this server names the cause."),
    };
}
