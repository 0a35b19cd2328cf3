using Orchestrator.Agents.Understanding.Redaction;
using Orchestrator.Agents.Understanding.Rules.References;

namespace Orchestrator.Agents.Understanding;

/// <summary>What a text states about an order and its customer, to find them by. Personal.</summary>
/// <param name="Names">Names that the text introduces.</param>
public sealed record MailFacts(IReadOnlyList<string> OrderIds, IReadOnlyList<string> Names, IReadOnlyList<string> Zips, IReadOnlyList<string> Emails)
{
    public static MailFacts Of(string text) => new(
        OrderReferences.Find(text),
        [.. PersonNames.Introduced(text).Select(n => text[n.Start..n.End]).Distinct()],
        [.. PostalAddresses.Zips(text).Distinct()],
        [.. Redaction.Emails.Find(text).Select(e => text[e.Start..e.End]).Distinct()]);

    public override string ToString() => $"Facts with {OrderIds.Count} order ids";
}
