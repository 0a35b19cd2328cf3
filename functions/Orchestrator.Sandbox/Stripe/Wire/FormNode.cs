namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>One parameter as it came over the wire: a text, or named parts of a hash or an array.</summary>
internal sealed class FormNode
{
    public string? Text { get; private set; }

    public List<KeyValuePair<string, FormNode>> Parts { get; } = [];

    public bool IsText => Text is not null;

    /// <summary>Puts a text where <paramref name="path"/> leads; an empty step appends to an array, as <c>a[]=x</c> means.</summary>
    public void Set(ReadOnlySpan<string> path, string text)
    {
        FormNode node = this;
        for (int i = 0; i < path.Length; i++)
        {
            node.Text = null;
            string? next = i + 1 < path.Length ? path[i + 1] : null;
            node = path[i].Length == 0 ? node.Append(next) : node.Part(path[i]);
        }

        node.Text = text;
        node.Parts.Clear();
    }

    public FormNode? Find(string name)
    {
        foreach (var (key, node) in Parts)
        {
            if (key == name)
            {
                return node;
            }
        }

        return null;
    }

    private FormNode Part(string name)
    {
        if (Find(name) is { } found)
        {
            return found;
        }

        FormNode made = new();
        Parts.Add(new(name, made));
        return made;
    }

    // a[][b]=1&a[][c]=2 is one element; a repeated b begins the next.
    private FormNode Append(string? next)
    {
        if (next is { Length: > 0 } && Parts.Count > 0 && Parts[^1].Value is { IsText: false } last && last.Find(next) is null)
        {
            return last;
        }

        FormNode made = new();
        Parts.Add(new(Parts.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), made));
        return made;
    }
}
