using System.Globalization;
using System.Net;

namespace Orchestrator.Connectors.Settings;

/// <summary>One section as it is read: every value is taken out once, what is wrong is noted as one sentence, what is left over was misspelt. A value that is left out or wrong is null.</summary>
public sealed class SettingsSection
{
    private readonly string _name;
    private readonly IReadOnlyDictionary<string, SettingText> _values;
    private readonly string _folder;
    private readonly List<SettingsFault> _faults;
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _refused = new(StringComparer.OrdinalIgnoreCase);

    internal SettingsSection(string name, IReadOnlyDictionary<string, SettingText> values, string folder, List<SettingsFault> faults) =>
        (_name, _values, _folder, _faults) = (name, values, folder, faults);

    public string? Text(string key)
    {
        _taken.Add(key);
        return Find(key) is { Value: var text } && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }

    public Uri? Uri(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (System.Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0)
        {
            return uri;
        }

        Fault(key, "is no address that begins with https:// (or http:// on this machine)");
        return null;
    }

    public int? Port(string key) => Whole(key, IPEndPoint.MaxPort, "port");

    /// <summary>A whole number from 1 to <paramref name="most"/>.</summary>
    public int? Whole(string key, int most, string what)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 && number <= most)
        {
            return number;
        }

        Fault(key, $"is no {what}: write a number from 1 to {most.ToString(CultureInfo.InvariantCulture)}");
        return null;
    }

    public IPAddress? Address(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (IPAddress.TryParse(text, out IPAddress? address))
        {
            return address;
        }

        Fault(key, "is no IP address, such as 127.0.0.1");
        return null;
    }

    /// <summary>Addresses or networks: a list in the file, or texts separated by commas in the environment.</summary>
    public IReadOnlyList<string> Networks(string key)
    {
        string[] texts = (Text(key) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string wrong in texts.Where(text => !IPAddress.TryParse(text, out _) && !IPNetwork.TryParse(text, out _)))
        {
            Fault(key, $"holds '{wrong}', which is neither an IP address nor a network such as 10.0.0.0/24");
        }

        return texts;
    }

    /// <summary>Names: a list in the file, or separated by commas in the environment. Null when the setting is not there; an empty one names nobody.</summary>
    public IReadOnlyList<string>? Names(string key)
    {
        string? text = Text(key);
        return Find(key) is null ? null : (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    public T? Choice<T>(string key)
        where T : struct, Enum
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<T>(text, ignoreCase: true);
        }

        Fault(key, $"is '{text}'; it is one of {string.Join(", ", Enum.GetNames<T>().Select(known => char.ToLowerInvariant(known[0]) + known[1..]))}");
        return null;
    }

    /// <summary>A path; a relative one starts at the folder of the settings file.</summary>
    public string? Path(string key) => Text(key) is { } text ? System.IO.Path.GetFullPath(text, _folder) : null;

    /// <summary>A setting that another head knows and this one does not.</summary>
    /// <param name="problem">What to do instead: the sentence that begins with the setting's name.</param>
    public void Refuse(string key, string problem)
    {
        _ = _refused.Add(key);
        if (Find(key) is not null)
        {
            Fault(key, problem);
        }
    }

    /// <param name="problem">The sentence that begins with the setting's name, without its end.</param>
    public void Fault(string key, string problem) => _faults.Add(new($"{_name}.{key}", problem, Find(key)?.Origin));

    public bool IsFaulty(string key) => _faults.Any(fault => fault.Name == $"{_name}.{key}");

    /// <summary>Names what nobody asked for: a misspelt setting must not be a setting left out.</summary>
    internal void RefuseTheRest()
    {
        foreach (string unknown in _values.Keys.Where(key => !_taken.Contains(key) && !_refused.Contains(key)))
        {
            Fault(unknown, $"is no setting; {_name} has {string.Join(", ", _taken)}");
        }
    }

    private SettingText? Find(string key) => _values.TryGetValue(key, out SettingText? value) ? value : null;
}

/// <param name="Origin">The file or the environment variable it came from, for people.</param>
internal sealed record SettingText(string Value, string Origin);

/// <param name="Name"><c>Section.Key</c>.</param>
internal sealed record SettingsFault(string Name, string Problem, string? Origin)
{
    public override string ToString() => Origin is null ? $"{Name} {Problem}." : $"{Name} {Problem} (from {Origin}).";
}
