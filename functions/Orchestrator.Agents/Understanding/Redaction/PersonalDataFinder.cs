using Orchestrator.Agents.Understanding.Rules.References;

namespace Orchestrator.Agents.Understanding.Redaction;

/// <summary>Finds personal data in a text, without overlaps, in order. The surer finders go first.</summary>
public static class PersonalDataFinder
{
    public static IReadOnlyList<PersonalSpan> Find(string text, params IReadOnlyList<string?> knownNames)
    {
        List<PersonalSpan> found = [];
        IReadOnlyList<(int Start, int End)> references = OrderReferences.Places(text);
        Take(Emails.Find(text), []);
        Take(Ibans.Find(text), []);
        Take(NetworkAddresses.FindUrls(text), []);
        Take(NetworkAddresses.FindMacs(text), []);
        Take(NetworkAddresses.FindIps(text), references);
        Take(WalletAddresses.Find(text), references);
        Take(CardNumbers.Find(text), references);
        Take(SocialSecurityNumbers.Find(text), references);
        Take(PhoneNumbers.Find(text), references);
        Take(PostalAddresses.Find(text), references);
        Take(PersonNames.Find(text, knownNames), references);
        return [.. found.OrderBy(s => s.Start)];

        void Take(IEnumerable<PersonalSpan> spans, IReadOnlyList<(int Start, int End)> kept)
        {
            foreach (PersonalSpan span in spans)
            {
                bool free = !found.Exists(f => span.Start < f.End && f.Start < span.End) && !kept.Any(r => span.Start < r.End && r.Start < span.End);
                if (free)
                {
                    found.Add(span);
                }
            }
        }
    }
}
