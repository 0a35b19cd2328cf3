namespace Orchestrator.Agents.Understanding.Rules.Language;

/// <summary>Mends the slips of fingers in the words that decide: one letter missing, added, changed or swapped with its neighbour.</summary>
internal static class Spelling
{
    private const int ShortestMended = 5;
    private const int LongWord = 12;

    private static readonly string[] Deciding =
    [
        "refund", "refunds", "refunded", "refunding", "reimburse", "reimbursed", "reimbursement", "reimbursements", "compensation", "restitution", "rebate", "rebates", "policy", "status", "money", "request", "cancel", "chargeback",
        "erstattung", "ruckerstattung", "erstatten", "zuruck", "remboursement", "rembourser", "rembourse", "reembolso", "reembolsar", "devolucion", "devolver", "rimborso", "rimborsare", "terugbetaling", "terugbetalen", "terugbetaald", "estorno", "devolucao",
    ];

    private static readonly HashSet<string> TrueWords =
        [.. Deciding, "monkey", "honey", "states", "statue", "statues", "statutes", "refunder", "cancels", "rebuts", "debate", "debates", "revolucion", "requests", "rimborsi", "policies", "moneys", "rebated", "reembolse", "devolve", "requested", "zuruckt", "devolved", "devolvem", "devolva"];

    public static string Mend(string word)
    {
        if (word.Length < ShortestMended || TrueWords.Contains(word) || Lexicon.KnownWords.Contains(word) || !word.All(char.IsLetter))
        {
            return word;
        }

        foreach (string deciding in Deciding)
        {
            int slips = deciding.Length >= LongWord ? 2 : 1;
            if (deciding[0] == word[0] && deciding.Length >= ShortestMended && Math.Abs(deciding.Length - word.Length) <= slips && Slips(word, deciding) <= slips)
            {
                return deciding;
            }
        }

        return word;
    }

    /// <summary>Distance of Damerau and Levenshtein, swaps of neighbours counted as one.</summary>
    private static int Slips(string left, string right)
    {
        int[] before = new int[right.Length + 1];
        int[] above = [.. Enumerable.Range(0, right.Length + 1)];
        int[] current = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int changed = left[i - 1] == right[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(above[j] + 1, current[j - 1] + 1), above[j - 1] + changed);
                bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                current[j] = swapped ? Math.Min(current[j], before[j - 2] + 1) : current[j];
            }

            (before, above, current) = (above, current, before);
        }

        return above[right.Length];
    }
}
