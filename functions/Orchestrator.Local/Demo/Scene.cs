namespace Orchestrator.Local.Demo;

/// <summary>One mail of the story: what is sent, who decides what, and how it deserves to end.</summary>
/// <param name="Title">For the table.</param>
/// <param name="Acts">Decisions in order; each is made once it is that person's turn.</param>
internal sealed record Scene(string Title, string From, string Name, string Subject, string Text, IReadOnlyList<Act> Acts, Deserved Deserved)
{
    /// <summary>The same in every run, so that the same mail is the same case.</summary>
    public string MessageId => $"<{From.Split('@')[0]}@demo.invalid>";
}

/// <summary>One person's decision.</summary>
/// <param name="Order">Which of several payments is meant.</param>
/// <param name="Reason">Given with a denial.</param>
internal sealed record Act(string Who, bool Approves, string? Order = null, string? Reason = null);

/// <param name="End">The case's end, as the API words it.</param>
/// <param name="Order">The order whose payment is refunded; null: no money moves.</param>
/// <param name="Mails">How many mails the customer gets.</param>
internal sealed record Deserved(string End, string? Order = null, long MinorUnits = 0, int Mails = 1);
