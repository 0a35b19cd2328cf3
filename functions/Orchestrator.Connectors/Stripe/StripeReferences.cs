using System.Text.Json;
using System.Text.RegularExpressions;

namespace Orchestrator.Connectors.Stripe;

/// <summary>
/// What a merchant may call a charge when speaking with a customer: order numbers in metadata, ids in the description, receipt number, payment intent.
/// Only tokens with a digit and without blanks or '@': a reference goes into history, a name or an address must not.
/// </summary>
internal static partial class StripeReferences
{
    private const int Most = 20;

    private static readonly HashSet<string> Names =
    [
        "order", "orderid", "ordernumber", "orderno", "ordernum", "orderref", "orderreference", "orderkey", "purchase", "purchaseid", "purchasenumber",
        "invoice", "invoiceid", "invoicenumber", "invoiceno", "booking", "bookingid", "bookingnumber", "bookingreference", "reservation", "reservationid",
        "reference", "referenceid", "referencenumber", "ref", "transaction", "transactionid", "merchantreference", "cart", "cartid", "ticket", "ticketid", "receipt", "receiptnumber",
    ];

    public static IReadOnlyList<string> Of(JsonElement charge)
    {
        List<string> found = [];
        if (StripeObjects.Child(charge, "metadata") is { } metadata)
        {
            foreach (JsonProperty entry in metadata.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.String && Names.Contains(Plain(entry.Name))))
            {
                Add(found, entry.Value.GetString());
            }
        }

        foreach (Match match in InText().Matches(StripeObjects.OptionalText(charge, "description") ?? "").Take(Most))
        {
            Add(found, match.Value);
        }

        Add(found, StripeObjects.OptionalText(charge, "receipt_number"));
        Add(found, StripeObjects.Reference(charge, "payment_intent"));
        return found;
    }

    private static void Add(List<string> found, string? reference)
    {
        string token = (reference ?? "").Trim().TrimStart('#');
        if (Token().IsMatch(token) && token.Any(char.IsAsciiDigit) && found.Count < Most && !found.Contains(token, StringComparer.OrdinalIgnoreCase))
        {
            found.Add(token);
        }
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    [GeneratedRegex(@"^[\p{L}\p{Nd}_./-]{1,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    /// <summary>Three digits or more in a row, with the letters, digits and dashes around them.</summary>
    [GeneratedRegex(@"(?<![\w@.])#?[\p{L}\d_-]{0,40}\d{3,}[\p{L}\d_-]{0,40}(?![\w@])", RegexOptions.CultureInvariant)]
    private static partial Regex InText();
}
