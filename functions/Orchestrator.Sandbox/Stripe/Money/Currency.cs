using System.Globalization;
using Orchestrator.Sandbox.Stripe.Wire;

namespace Orchestrator.Sandbox.Stripe.Money;

/// <summary>Currencies as Stripe counts them, in minor units. <see href="https://docs.stripe.com/currencies"/>.</summary>
internal static class Currency
{
    private const long Largest = 99_999_999;

    private static readonly HashSet<string> WithoutDecimals =
        ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"];

    private static readonly HashSet<string> WithThree = ["bhd", "jod", "kwd", "omr", "tnd"];

    // Written with two decimals for compatibility, though they have none: only whole units can be charged.
    private static readonly HashSet<string> WholeUnitsInTwo = ["isk", "ugx"];

    private static readonly HashSet<string> Supported =
    [
        .. WithoutDecimals, .. WithThree, .. WholeUnitsInTwo,
        .. ("usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop crc cve czk " +
            "dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr jmd kes kgs khr kyd kzt lak lbp lkr lrd lsl " +
            "mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sek " +
            "sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah uyu uzs wst xcd yer zar zmw").Split(' '),
    ];

    private static readonly Dictionary<string, long> Least = new (string Code, long Value)[]
    {
        ("usd", 50), ("aed", 200), ("aud", 50), ("bgn", 100), ("brl", 50), ("cad", 50), ("chf", 50), ("czk", 1500), ("dkk", 250),
        ("eur", 50), ("gbp", 30), ("hkd", 400), ("huf", 17500), ("inr", 50), ("jpy", 50), ("mxn", 1000), ("myr", 200), ("nok", 300),
        ("nzd", 50), ("pln", 200), ("ron", 200), ("sek", 300), ("sgd", 50), ("thb", 1000),
    }.ToDictionary(entry => entry.Code, entry => entry.Value);

    private static readonly Dictionary<string, string> Signs = new (string Code, string Value)[]
    {
        ("usd", "$"), ("aud", "A$"), ("cad", "CA$"), ("nzd", "NZ$"), ("hkd", "HK$"), ("mxn", "MX$"), ("eur", "€"), ("gbp", "£"),
        ("jpy", "¥"), ("inr", "₹"), ("krw", "₩"), ("brl", "R$"),
    }.ToDictionary(entry => entry.Code, entry => entry.Value);

    public static int Decimals(string currency) => WithoutDecimals.Contains(currency) ? 0 : WithThree.Contains(currency) ? 3 : 2;

    /// <summary>The lower-case code, or Stripe's refusal of a currency it does not take.</summary>
    public static string Known(string currency, string param = "currency")
    {
        string code = currency.ToLowerInvariant();
        return Supported.Contains(code)
            ? code
            : throw StripeRefusal.Validation($"Invalid currency: {code}. Stripe currently supports these currencies: {string.Join(", ", Supported.Order(StringComparer.Ordinal))}", param: param);
    }

    /// <summary>As Stripe writes money in its sentences: <c>$20.00</c>, <c>¥2,000</c>, <c>KWD 2.000</c>.</summary>
    public static string Format(long amount, string currency)
    {
        int decimals = Decimals(currency);
        decimal major = new decimal(amount) / Scale(decimals);
        string number = major.ToString($"N{decimals}", CultureInfo.InvariantCulture);
        return Signs.TryGetValue(currency, out string? sign) ? sign + number : $"{currency.ToUpperInvariant()} {number}";
    }

    /// <summary>Holds an amount to charge to the least and most Stripe takes.</summary>
    public static void Chargeable(long amount, string currency)
    {
        if (amount < 1)
        {
            throw StripeRefusal.Validation("This value must be greater than or equal to 1.", "parameter_invalid_integer", "amount");
        }

        Granular(amount, currency);
        if (Least.TryGetValue(currency, out long least) && amount < least)
        {
            throw StripeRefusal.Invalid($"Amount must be at least {Format(least, currency)} {currency}", "amount_too_small", "amount");
        }

        if (amount > Largest)
        {
            throw StripeRefusal.Invalid($"Amount must be no more than {Format(Largest, currency)}", "amount_too_large", "amount");
        }
    }

    /// <summary>Three-decimal amounts end in 0, and whole-unit currencies written with two decimals in 00.</summary>
    public static void Granular(long amount, string currency, string param = "amount")
    {
        int step = WithThree.Contains(currency) ? 10 : WholeUnitsInTwo.Contains(currency) ? 100 : 1;
        if (amount % step != 0)
        {
            throw StripeRefusal.Validation(
                $"Invalid amount: {amount.ToString(CultureInfo.InvariantCulture)}. Amounts in {currency.ToUpperInvariant()} must be a multiple of {step.ToString(CultureInfo.InvariantCulture)}.",
                param: param);
        }
    }

    private static decimal Scale(int decimals) => decimals switch { 0 => 1m, 3 => 1000m, _ => 100m };
}
