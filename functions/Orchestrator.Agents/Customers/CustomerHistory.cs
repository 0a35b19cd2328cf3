using System.Text.Json.Serialization;
using Orchestrator.Agents.Payments;

namespace Orchestrator.Agents.Customers;

/// <summary>What Stripe and earlier cases say about whoever wrote. Ids, amounts and dates only.</summary>
/// <param name="Customers">Stripe customers with the sender's address; several when the merchant made several.</param>
/// <param name="Charges">Their charges, newest first.</param>
/// <param name="MoreCharges">Charges exist, or customers of this address, that were not read. False in histories from before it was noted, when one page was read.</param>
/// <param name="EarlierRefunds">When their refunds were made, failed and cancelled ones left out.</param>
public sealed record CustomerHistory(
    IReadOnlyList<CustomerId> Customers,
    IReadOnlyList<ChargeRecord> Charges,
    IReadOnlyList<DateTimeOffset> EarlierRefunds,
    int ActiveSubscriptions,
    IReadOnlyList<string> EarlierCases,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool MoreCharges = false)
{
    /// <summary>Cases of the same sender that are open beside this one: what they may come to refund is not settled at Stripe yet, and stands in no other figure here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int OtherOpenCases { get; init; }
}
