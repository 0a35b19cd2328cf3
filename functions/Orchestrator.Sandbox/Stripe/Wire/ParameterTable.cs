using System.Collections.Frozen;

namespace Orchestrator.Sandbox.Stripe.Wire;

/// <summary>
/// The parameters of each operation, read from <c>parameters.txt</c> (operations of Stripe's SDK, API 2026-10-28) and
/// <c>parameters.more.txt</c> (operations the SDK's list at hand lacks). The notation, by indentation:
/// <code>
/// @name a|b|c              a set of choices used more than once
/// &amp;name                    a hash used more than once, its fields below
/// POST /v1/refunds         an operation, its parameters below
///   charge invoice! : s    parameters of one type; ! required
/// </code>
/// Types: s int dec bool range any, choices a|b (one alone is written a|), @set, {} or &amp;hash, []element, %map; ~ unsettable.
/// </summary>
internal sealed class ParameterTable
{
    private readonly Dictionary<string, IReadOnlyList<string>> _sets = [];
    private readonly Dictionary<string, List<Parameter>> _hashes = [];
    private readonly Dictionary<string, List<Parameter>> _operations = [];

    private ParameterTable()
    {
        Read("parameters.txt");
        Read("parameters.more.txt");
        Operations = _operations.ToFrozenDictionary(entry => entry.Key, entry => (IReadOnlyList<Parameter>)entry.Value);
    }

    public static ParameterTable Instance { get; } = new();

    /// <summary>By method and path template: <c>POST /v1/refunds/{id}</c>.</summary>
    public FrozenDictionary<string, IReadOnlyList<Parameter>> Operations { get; }

    /// <summary>What an operation takes in a version of the API; an older one, and none at all, still knows what was dropped since.</summary>
    public IReadOnlyList<Parameter> For(string operation, string? version)
    {
        IReadOnlyList<Parameter> present = Operations[operation];
        bool old = string.IsNullOrEmpty(version) || string.CompareOrdinal(version, Events.EventLog.ApiVersion) < 0;
        return old && Operations.TryGetValue($"before {operation}", out var dropped) ? [.. present, .. dropped] : present;
    }

    private void Read(string name)
    {
        using Stream stream = typeof(ParameterTable).Assembly.GetManifestResourceStream($"Stripe.{name}")!;
        using StreamReader reader = new(stream);
        List<List<Parameter>> open = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            int depth = (line.Length - line.TrimStart(' ').Length) / 2;
            if (depth == 0)
            {
                open = [Begin(line)];
                continue;
            }

            open.RemoveRange(depth, open.Count - depth);
            List<Parameter> below = [];
            Add(open[depth - 1], line.Trim(), below);
            open.Add(below);
        }
    }

    private List<Parameter> Begin(string line)
    {
        if (line[0] == '@')
        {
            string[] parts = line[1..].Split(' ');
            _sets[parts[0]] = parts[1].Split('|');
            return [];
        }

        return line[0] == '&' ? Hash(line[1..]) : _operations[line] = [];
    }

    private void Add(List<Parameter> fields, string line, List<Parameter> below)
    {
        int colon = line.IndexOf(" : ", StringComparison.Ordinal);
        ParameterType type = Type(line[(colon + 3)..], below);
        foreach (string name in line[..colon].Split(' '))
        {
            fields.Add(new Parameter(name.TrimEnd('!'), name[^1] == '!', type));
        }
    }

    private List<Parameter> Hash(string name) => _hashes.TryGetValue(name, out var known) ? known : _hashes[name] = [];

    private ParameterType Type(string text, List<Parameter> below) => text switch
    {
        ['~', .. var rest] => Type(rest, below) with { Unsettable = true },
        ['[', ']', .. var rest] => new(ParameterKind.Array, Element: Type(rest, below)),
        ['%', .. var rest] => new(ParameterKind.Map, Element: Type(rest, below)),
        ['@', .. var name] => new(ParameterKind.Choice, Choices: _sets[name]),
        ['&', .. var name] => new(ParameterKind.Hash, Fields: Hash(name)),
        "{}" => new(ParameterKind.Hash, Fields: below),
        "s" => new(ParameterKind.Text),
        "int" => new(ParameterKind.Integer),
        "dec" => new(ParameterKind.Decimal),
        "bool" => new(ParameterKind.Boolean),
        "range" => new(ParameterKind.Range),
        "any" => new(ParameterKind.Any),
        _ => new(ParameterKind.Choice, Choices: text.Split('|', StringSplitOptions.RemoveEmptyEntries)),
    };
}
