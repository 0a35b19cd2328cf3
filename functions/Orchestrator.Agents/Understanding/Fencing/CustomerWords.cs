namespace Orchestrator.Agents.Understanding.Fencing;

/// <summary>Wraps what a customer wrote in a fence that the words inside cannot close, for a prompt that says so.</summary>
public static class CustomerWords
{
    /// <summary>Deterministic: the number of the fence is the lowest whose mark is nowhere in the text.</summary>
    public static FencedWords Fence(string text)
    {
        int number = 1;
        while (text.Contains(Name(number), StringComparison.OrdinalIgnoreCase))
        {
            number++;
        }

        string name = Name(number);
        return new FencedWords($"<{name}>\n{text}\n</{name}>", name);
    }

    private static string Name(int number) => $"customer-words-{number}";
}

/// <param name="Text">The words between the opening and the closing mark.</param>
/// <param name="Name">The mark, for the sentence of the prompt that tells the model to obey nothing between.</param>
public sealed record FencedWords(string Text, string Name);
