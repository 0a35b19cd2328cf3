using Orchestrator.Connectors.Sandboxes;

namespace Orchestrator.Local.Sandboxes;

/// <summary>A few customers with payments, so that a newcomer has something to refund.</summary>
internal static class Seed
{
    /// <summary>The customer that the first mail's command names.</summary>
    public const string FirstCustomer = "mia.schmidt@example.com";
    public const string FirstOrder = "W-1001";

    public static async Task PlantAsync(Uri stripe, CancellationToken cancellationToken)
    {
        using var shop = new StripeShop(stripe);
        string mia = await shop.AddCustomerAsync("Mia Schmidt", FirstCustomer, cancellationToken);
        _ = await shop.SellAsync(mia, 4_200, "eur", FirstOrder, cancellationToken);
        string tom = await shop.AddCustomerAsync("Tom Okafor", "tom.okafor@example.com", cancellationToken);
        _ = await shop.SellAsync(tom, 3_500, "usd", "W-1002", cancellationToken);
        _ = await shop.SellAsync(tom, 3_500, "usd", "W-1003", cancellationToken);
        string yuki = await shop.AddCustomerAsync("Yuki Tanaka", "yuki.tanaka@example.com", cancellationToken);
        _ = await shop.SellAsync(yuki, 5_400, "jpy", "W-1004", cancellationToken);
    }
}
