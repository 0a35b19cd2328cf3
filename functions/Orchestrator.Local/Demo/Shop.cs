using Orchestrator.Connectors.Sandboxes;

namespace Orchestrator.Local.Demo;

/// <summary>Sells what the story needs at the Stripe stand-in, over HTTP.</summary>
internal static class Shop
{
    /// <returns>Charges by order.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> OpenAsync(StripeShop shop, TimeProvider clock, CancellationToken cancellationToken)
    {
        Dictionary<string, string> customers = [];
        Dictionary<string, string> charges = [];
        foreach (Purchase purchase in Story.Purchases)
        {
            if (!customers.TryGetValue(purchase.Email, out string? customer))
            {
                customer = customers[purchase.Email] = await shop.AddCustomerAsync(purchase.Name, purchase.Email, cancellationToken);
            }

            string charge = charges[purchase.Order] = await shop.SellAsync(customer, purchase.MinorUnits, purchase.Currency, purchase.Order, cancellationToken);
            if (purchase.DaysAgo > 0)
            {
                await shop.BackdateAsync(charge, clock.GetUtcNow().AddDays(-purchase.DaysAgo), cancellationToken);
            }

            if (purchase.RefundedBefore)
            {
                await shop.RefundAsync(charge, cancellationToken);
            }
        }

        return charges;
    }
}
