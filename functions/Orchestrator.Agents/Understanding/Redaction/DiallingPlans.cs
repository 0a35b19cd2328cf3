using PhoneNumbers;

namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>Which digits are a phone number somewhere, by the dialling plans of libphonenumber.</summary>
internal static class DiallingPlans
{
    /// <summary>Where a national number is looked for: a plan more is a handful of microseconds for each number, and every plan there is would know any digits.</summary>
    private static readonly string[] Countries =
    [
        "US", "GB", "DE", "FR", "ES", "IT", "NL", "PT", "PL", "SE", "JP", "AT", "CH", "BE", "DK", "NO", "FI", "IE", "CZ", "GR", "RO", "HU",
        "AU", "NZ", "IN", "BR", "MX", "ZA", "SG", "HK", "KR", "CN", "TR", "IL", "AE",
    ];

    private static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    /// <summary>Whether the digits, written without a country code, are a valid number in one of the plans.</summary>
    public static bool Know(string digits) => Countries.Any(country => IsValid(digits, country));

    private static bool IsValid(string digits, string country)
    {
        try
        {
            return Plans.IsValidNumberForRegion(Plans.Parse(digits, country), country);
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
