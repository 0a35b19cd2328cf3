using System.Globalization;

namespace Orchestrator.EndToEnd.Tests.Running;

/// <summary>Names that no other run of these tests uses: an attached head and its sandbox remember what earlier runs did.</summary>
internal static class Unique
{
    private static readonly string Run = Random.Shared.Next(10_000, 100_000).ToString(CultureInfo.InvariantCulture);

    /// <summary>A customer's address.</summary>
    public static string Mail(string name) => $"{name}.{Run}@customer.example";

    /// <summary>An order's number, as customers write it.</summary>
    public static string Order(string number) => $"W-{number}{Run}";

    /// <summary>A restricted key of the Stripe stand-in.</summary>
    public static string StripeKey(string name) => $"rk_test_{name}{Run}0000000000000000";
}
