using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Keys;

/// <summary>
/// Keys from a file, for a machine without Azure: <c>{"stripe-read": [{"version": "1", "value": "rk_...", "enabled": true, "expires": "2027-01-01T00:00:00Z"}]}</c>.
/// The last version of a name is the current one, as the newest is in Key Vault, so a rotation is adding one. Read anew each time.
/// Only its owner may have any right to it (mode 600 or 400).
/// </summary>
public sealed class KeyFileKeys(string path, TimeProvider clock) : IKeyVault
{
    private const int LargestFile = 1024 * 1024;

    public async Task<KeyLease> GetKeyAsync(string name, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyList<KeyVersion>> keys = await ReadAsync(cancellationToken);
        if (!keys.TryGetValue(name, out IReadOnlyList<KeyVersion>? versions) || versions.Count == 0)
        {
            throw new PermanentFailureException($"The key file {path} has no key '{name}'. Add \"{name}\": [{{\"version\": \"1\", \"value\": \"...\"}}].", "SecretNotFound");
        }

        KeyVersion newest = versions[^1];
        if (string.IsNullOrWhiteSpace(newest.Version) || string.IsNullOrEmpty(newest.Value) || versions.Count(version => version.Version == newest.Version) > 1)
        {
            throw new PermanentFailureException($"The last version of key '{name}' in {path} must have a value and a version that no other version of it has.", "key_malformed");
        }

        KeyValidity.Check(name, newest.Version, newest.Enabled ?? true, newest.NotBefore, newest.Expires, clock.GetUtcNow());
        return new(name, newest.Version, newest.Value);
    }

    private async Task<Dictionary<string, IReadOnlyList<KeyVersion>>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            KeyFileOwner.Check(path, file.SafeFileHandle);
            return file.Length > LargestFile
                ? throw new PermanentFailureException($"The key file {path} is larger than {LargestFile / 1024} KiB: that is no key file.", "key_file_malformed")
                : await JsonSerializer.DeserializeAsync(file, KeyFileJson.Default.DictionaryStringIReadOnlyListKeyVersion, cancellationToken) ?? [];
        }
        catch (JsonException exception)
        {
            // Without the inner exception: its message may quote what stands in the file.
            throw new PermanentFailureException($"The key file {path}, line {exception.LineNumber + 1}: this is not the JSON of a key file. It is a map of names to lists of {{\"version\", \"value\", \"enabled\", \"notBefore\", \"expires\"}}.", "key_file_malformed");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PermanentFailureException($"The key file {path} can't be read: {exception.Message}", "key_file_unreadable", inner: exception);
        }
    }
}

/// <summary>A version of a key as the file holds it. A class without text of its own: its value shows in no string.</summary>
internal sealed class KeyVersion
{
    public string? Version { get; init; }

    public string? Value { get; init; }

    /// <summary>Missing means enabled.</summary>
    public bool? Enabled { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? Expires { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Dictionary<string, IReadOnlyList<KeyVersion>>))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
