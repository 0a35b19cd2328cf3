using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Connectors.Settings;

/// <summary>
/// The settings as text, section by section: a JSON file in which comments are allowed, and over it environment variables named
/// <c>ORCHESTRATOR__Section__Key</c>. The parts of the file that are Azure Functions' own are left to it.
/// </summary>
internal sealed class SettingsSource
{
    public const string Prefix = "ORCHESTRATOR__";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };
    private static readonly string[] AzureFunctionsOwn = ["IsEncrypted", "Values", "Host", "ConnectionStrings", "$schema"];

    private readonly Dictionary<string, Dictionary<string, SettingText>> _sections = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Sections => _sections.Keys;

    /// <param name="file">The file, or null for none; missing is an error only when <paramref name="mustExist"/>.</param>
    /// <exception cref="SettingsException">The file is missing or no JSON.</exception>
    public static SettingsSource Load(string? file, bool mustExist, IDictionary environment)
    {
        var source = new SettingsSource();
        if (file is not null && (mustExist || File.Exists(file)))
        {
            source.ReadFile(file);
        }

        foreach (string name in environment.Keys.Cast<string>().Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            string[] parts = name[Prefix.Length..].Split("__");
            if (parts.Length != 2 || parts.Any(string.IsNullOrEmpty))
            {
                throw new SettingsException($"The environment variable {name} names no setting: write {Prefix}Section__Key, such as {Prefix}Web__Port.");
            }

            source.Put(parts[0], parts[1], (string)environment[name]!, "environment variable " + name);
        }

        return source;
    }

    public IReadOnlyDictionary<string, SettingText> Section(string name) =>
        _sections.TryGetValue(name, out var values) ? values : new Dictionary<string, SettingText>();

    private void ReadFile(string file)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(file), documentOptions: Lenient);
        }
        catch (JsonException wrong)
        {
            throw new SettingsException($"The settings file {file} is no JSON at line {wrong.LineNumber + 1}. Comments (// …) and trailing commas are allowed.", wrong);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The settings file {file} can't be read: {unreadable.Message}", unreadable);
        }

        if (root is not JsonObject sections)
        {
            throw new SettingsException($"The settings file {file} must hold one JSON object.");
        }

        foreach (var (section, content) in sections.Where(entry => !AzureFunctionsOwn.Contains(entry.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (content is not JsonObject values)
            {
                throw new SettingsException($"The settings file {file}: '{section}' must be an object, such as \"{section}\": {{ … }}.");
            }

            _ = _sections.TryAdd(section, new(StringComparer.OrdinalIgnoreCase));
            foreach (var (key, value) in values)
            {
                Put(section, key, TextOf(value, file, section, key), file);
            }
        }
    }

    private static string TextOf(JsonNode? value, string file, string section, string key) => value switch
    {
        null => "",
        JsonValue text => text.ToString(),
        JsonArray list when list.All(item => item is JsonValue) => string.Join(',', list.Select(item => item!.ToString())),
        _ => throw new SettingsException($"The settings file {file}: {section}.{key} must be a text, a number or a list of texts."),
    };

    private void Put(string section, string key, string value, string origin)
    {
        _ = _sections.TryAdd(section, new(StringComparer.OrdinalIgnoreCase));
        _sections[section][key] = new(value, origin);
    }
}
