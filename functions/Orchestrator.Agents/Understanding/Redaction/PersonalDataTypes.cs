namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>Kinds of personal data, by Presidio's names.</summary>
public static class PersonalDataTypes
{
    public const string Email = "EMAIL_ADDRESS";
    public const string Card = "CREDIT_CARD";
    public const string Iban = "IBAN_CODE";
    public const string Phone = "PHONE_NUMBER";
    public const string Person = "PERSON";
    public const string UsSsn = "US_SSN";
    public const string IpAddress = "IP_ADDRESS";
    public const string MacAddress = "MAC_ADDRESS";
    public const string Url = "URL";
    public const string Crypto = "CRYPTO";
    public const string Address = "STREET_ADDRESS";
    public const string Zip = "ZIP_CODE";
}

/// <summary>Where personal data stands in a text.</summary>
public sealed record PersonalSpan(int Start, int End, string Type);
