namespace Orchestrator.Agents.Understanding.Rules.Amounts;

/// <summary>What a mail says was paid, where it says so in plain words.</summary>
internal static class PaidAmount
{
    private const int NearWords = 4;

    private static readonly HashSet<string> PaidWords =
        ["paid", "payed", "cost", "costs", "price", "charged", "billed", "debited", "overcharged", "took", "abgebucht", "berechnet", "debite", "facture", "cobraron", "cobrado", "addebitato", "addebitati", "cobrou", "cobraram", "afgeschreven", "priced", "worth", "bezahlt", "gezahlt", "kostete", "gekostet", "kaufpreis", "paye", "payee", "coute", "pague", "pagado", "costo", "pagato", "pagati", "costato", "paguei", "custou", "betaald", "kostte", "zaplacilem", "zaplacilam", "betalat", "betalt"];

    private static readonly HashSet<string> WantingWords = ["please", "kindly", "make", "also", "plus", "add", "bitte", "noch", "aussi", "tambien", "anche", "tambem", "ook", "prosze"];

    /// <summary>Whether a sum that is wanted is larger than all sums of its currency that are said to have been paid.</summary>
    public static bool IsExceeded(IReadOnlyList<SentenceReading> sentences, IReadOnlyList<MoneyMention> amounts)
    {
        HashSet<int> paid = [.. sentences.SelectMany(PaidAt)];
        if (paid.Count == 0)
        {
            return false;
        }

        HashSet<int> wanted = [.. sentences.Where(IsWanting).SelectMany(s => s.Words.Where(w => w.Text == "@amount").Select(w => w.Start))];
        return amounts.Where(a => wanted.Contains(a.Start) && !paid.Contains(a.Start))
            .Any(a => amounts.Where(p => paid.Contains(p.Start) && p.Value.Currency == a.Value.Currency) is var sums && sums.Any() && sums.Sum(p => p.Value.MinorUnits) < a.Value.MinorUnits);
    }

    private static bool IsWanting(SentenceReading sentence) => sentence.Stance is Stance.Asks or Stance.Wonders || sentence.Words.Any(w => WantingWords.Contains(w.Text));

    private static IEnumerable<int> PaidAt(SentenceReading sentence)
    {
        for (int at = 0; at < sentence.Words.Count; at++)
        {
            if (sentence.Words[at].Text == "@amount" && Enumerable.Range(1, NearWords).Any(back => at >= back && PaidWords.Contains(sentence.Words[at - back].Text)))
            {
                yield return sentence.Words[at].Start;
            }
        }
    }
}
