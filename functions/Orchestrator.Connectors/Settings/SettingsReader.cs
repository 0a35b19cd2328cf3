using System.Collections;

namespace Orchestrator.Connectors.Settings;

/// <summary>
/// Reads and checks all settings at once, so that one start tells everything that is wrong. What the heads share is <see cref="SharedSettings.Read"/>; a head
/// takes its own sections out beside it and adds its own faults. A section that nobody took was misspelt.
/// </summary>
public sealed class SettingsReader
{
    private readonly SettingsSource _source;
    private readonly string _folder;
    private readonly List<string> _known = [];
    private readonly HashSet<string> _refused = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<SettingsFault> _faults = [];

    private SettingsReader(SettingsSource source, string folder) => (_source, _folder) = (source, folder);

    /// <param name="file">The settings file, at whose folder relative paths begin; null: the environment alone, and relative paths begin beside the program.</param>
    /// <param name="mustExist">A file that is missing is an error.</param>
    /// <exception cref="SettingsException">The file can't be read, or is no settings file.</exception>
    public static SettingsReader Open(string? file, bool mustExist, IDictionary environment)
    {
        string? path = file is null ? null : Path.GetFullPath(file);
        return new(SettingsSource.Load(path, mustExist, environment), path is null ? AppContext.BaseDirectory : Path.GetDirectoryName(path)!);
    }

    /// <summary>A section whose settings all have defaults.</summary>
    public T Section<T>(string name, Func<SettingsSection, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        _known.Add(name);
        var section = new SettingsSection(name, _source.Section(name), _folder, _faults);
        T value = read(section);
        section.RefuseTheRest();
        return value;
    }

    /// <summary>Null when the section is left out.</summary>
    public T? Optional<T>(string name, Func<SettingsSection, T> read)
        where T : class
    {
        if (_source.Sections.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return Section(name, read);
        }

        _known.Add(name);
        return null;
    }

    /// <summary>A section that another head knows and this one does not.</summary>
    /// <param name="problem">What to do instead: the sentence that begins with the section's name.</param>
    public void Refuse(string name, string problem)
    {
        _ = _refused.Add(name);
        if (_source.Sections.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            Fault(name, problem);
        }
    }

    /// <summary>What is wrong between sections, each right by itself.</summary>
    /// <param name="problem">The sentence that begins with <paramref name="name"/>, without its end.</param>
    public void Fault(string name, string problem) => _faults.Add(new(name, problem, null));

    /// <summary>After the last section.</summary>
    /// <exception cref="SettingsException">Something is wrong: one sentence for each, on a line of its own.</exception>
    public void ThrowIfFaulty()
    {
        IEnumerable<SettingsFault> misspelt = _source.Sections
            .Where(name => !_known.Contains(name, StringComparer.OrdinalIgnoreCase) && !_refused.Contains(name))
            .Select(name => new SettingsFault(name, $"is no section; there are {string.Join(", ", _known)}", null));
        string[] sentences = [.. misspelt.Concat(_faults).Select(fault => fault.ToString())];
        if (sentences.Length > 0)
        {
            throw new SettingsException(string.Join(Environment.NewLine, sentences));
        }
    }
}
