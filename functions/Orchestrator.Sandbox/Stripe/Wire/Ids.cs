using System.Security.Cryptography;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>Ids shaped like Stripe's: customers, products and items end in 14 characters, most others in 24.</summary>
internal static class Ids
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string New(string prefix) => prefix switch
    {
        "cus_" or "prod_" or "si_" or "req_" => prefix + Random(14),
        "ch_" or "pi_" or "re_" or "txn_" => prefix + "3" + Random(23),
        _ => prefix + "1" + Random(23),
    };

    public static string Random(int length) => RandomNumberGenerator.GetString(Alphabet, length);
}
