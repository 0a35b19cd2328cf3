using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Agents.Payments;

/// <summary>A currency in Stripe's spelling: three lower-case letters. Knows how many decimals its minor unit has (docs.stripe.com/currencies).</summary>
[JsonConverter(typeof(CurrencyJsonConverter))]
public readonly record struct Currency
{
    private static readonly HashSet<string> ZeroDecimal =
        ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"];

    private static readonly HashSet<string> ThreeDecimal = ["bhd", "jod", "kwd", "omr", "tnd"];

    /// <summary>Have no decimals, yet Stripe counts them in hundredths: 5 ISK is 500 (docs.stripe.com/currencies#special-cases). HUF and TWD are whole in payouts only.</summary>
    private static readonly HashSet<string> WholeInHundredths = ["isk", "ugx"];

    private readonly string? _code;

    private Currency(string code) => _code = code;

    /// <summary>Three lower-case letters, as Stripe writes it.</summary>
    public string Code => _code ?? throw new InvalidOperationException("A currency was used before it was set.");

    /// <summary>Digits behind the decimal point as people write it: 0, 2 or 3.</summary>
    public int Decimals => ZeroDecimal.Contains(Code) || WholeInHundredths.Contains(Code) ? 0 : ThreeDecimal.Contains(Code) ? 3 : 2;

    /// <summary>Minor units, as Stripe counts them, in one major unit: 1, 100 or 1000.</summary>
    public int MinorPerMajor => ZeroDecimal.Contains(Code) ? 1 : ThreeDecimal.Contains(Code) ? 1000 : 100;

    /// <summary>What an amount to pay or refund is a multiple of, in minor units: 100 where Stripe takes whole units only but counts in hundredths.</summary>
    public int SmallestStep => WholeInHundredths.Contains(Code) ? 100 : 1;

    public static Currency Parse(string code) =>
        TryParse(code, out Currency currency) ? currency : throw new FormatException($"'{code}' is not a currency code of three letters.");

    public static bool TryParse(string? code, out Currency currency)
    {
        bool valid = code is { Length: 3 } && code.All(char.IsAsciiLetter);
        currency = valid ? new Currency(code!.ToLowerInvariant()) : default;
        return valid;
    }

    public override string ToString() => _code?.ToUpperInvariant() ?? "";
}

internal sealed class CurrencyJsonConverter : JsonConverter<Currency>
{
    public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Currency.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
}
