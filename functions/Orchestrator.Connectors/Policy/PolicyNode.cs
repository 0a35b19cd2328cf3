using System.Globalization;
using Orchestrator.Agents.Refunds.Policy;
using YamlDotNet.RepresentationModel;

namespace Orchestrator.Connectors.Policy;

/// <summary>
/// A place in the policy file that knows its line and its rule. Scalars are taken as the text that stands there, so that YAML's own readings
/// (<c>off</c> as a boolean, <c>010</c> as eight, <c>2026.10</c> as a number) never apply.
/// </summary>
internal sealed class PolicyNode(string file, YamlNode node, string? rule, string name)
{
    private HashSet<string>? _taken;

    public string Name { get; } = name;

    public bool IsMap => node is YamlMappingNode;

    public bool IsList => node is YamlSequenceNode;

    public PolicyNode Within(string ruleName) => new(file, node, ruleName, Name);

    public PolicyFileException Wrong(string what) => new(rule is null
        ? $"{file}, line {node.Start.Line}: {what}"
        : $"{file}, line {node.Start.Line}, rule '{rule}': {what}");

    public PolicyNode? Find(string key)
    {
        (_taken ??= []).Add(key);
        return Map().Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? new(file, child, rule, key) : null;
    }

    public PolicyNode Need(string key) => Find(key) ?? throw Wrong($"'{key}' is missing{(Name.Length == 0 ? "" : $" under '{Name}'")}.");

    /// <summary>After every known key was asked for: anything else is a mistake, not a comment.</summary>
    public void NothingElse()
    {
        foreach (YamlNode key in Map().Children.Keys)
        {
            string text = (key as YamlScalarNode)?.Value ?? "(not text)";
            if (_taken?.Contains(text) != true)
            {
                throw new PolicyNode(file, key, rule, text).Wrong($"'{text}' is not known here. Known: {string.Join(", ", _taken ?? [])}.");
            }
        }
    }

    public IReadOnlyList<(string Key, PolicyNode Value)> Entries() =>
        [.. Map().Children.Select(pair => ((pair.Key as YamlScalarNode)?.Value ?? "", new PolicyNode(file, pair.Value, rule, (pair.Key as YamlScalarNode)?.Value ?? "")))];

    public IReadOnlyList<PolicyNode> List() => node is YamlSequenceNode list
        ? [.. list.Children.Select(child => new PolicyNode(file, child, rule, Name))]
        : throw Wrong($"'{Name}' must be a list.");

    public string Text() => node is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)
        ? text.Trim()
        : throw Wrong($"'{Name}' must be a text that is not empty.");

    public int Number(int least, int most)
    {
        string text = Text();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number.ToString(CultureInfo.InvariantCulture) == text && number >= least && number <= most
            ? number
            : throw Wrong($"'{Name}' must be a whole number from {least} to {most}, written in plain digits; '{text}' is not.");
    }

    /// <summary><c>30m</c>, <c>4h</c>, <c>2d</c>, <c>1w</c>.</summary>
    public TimeSpan Duration()
    {
        string text = Text();
        bool counted = int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        TimeSpan? unit = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => null,
        };
        return counted && count > 0 && unit is { } one && count <= TimeSpan.FromDays(3650) / one
            ? count * one
            : throw Wrong($"'{Name}' must be a duration such as 30m, 4h, 2d or 1w, at most ten years; '{text}' is not.");
    }

    /// <summary>One of an enum's values, written as <c>not-received</c>.</summary>
    public T OneOf<T>()
        where T : struct, Enum
    {
        string text = Text();
        foreach (T value in Enum.GetValues<T>())
        {
            if (Kebab(value) == text)
            {
                return value;
            }
        }

        throw Wrong($"'{text}' is not known for '{Name}'. Known: {string.Join(", ", Enum.GetValues<T>().Select(Kebab))}.");
    }

    private static string Kebab<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"-{char.ToLowerInvariant(letter)}" : char.ToLowerInvariant(letter).ToString()));

    private YamlMappingNode Map() => node as YamlMappingNode ?? throw Wrong(Name.Length == 0 ? "keys with values must stand here." : $"'{Name}' must have keys of its own.");
}
