using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Json;
using Orchestrator.Sandbox.State;

namespace Orchestrator.Sandbox.Vault;

/// <summary>Every version of every secret, oldest first. Names ignore case, as Key Vault's do.</summary>
internal sealed class SecretStore
{
    private readonly Lock _gate = new();
    private readonly Journal _journal;
    private readonly SandboxClock _clock;
    private readonly SortedDictionary<string, List<SecretVersion>> _secrets = new(StringComparer.OrdinalIgnoreCase);

    public SecretStore(Journal journal, SandboxClock clock)
    {
        _journal = journal;
        _clock = clock;
        foreach (var fact in journal.Past.Where(fact => fact.Text("fact") == "version"))
        {
            Remember(SecretVersion.FromFact(fact));
        }
    }

    /// <summary>Puts in what the options name and the vault does not have.</summary>
    public void Seed(IReadOnlyDictionary<string, string> secrets)
    {
        foreach (var (name, value) in secrets)
        {
            if (Find(name, null) is null)
            {
                Set(name, value, null, null, null);
            }
        }
    }

    /// <summary>Without a version the newest, even when that is disabled or expired: so does Key Vault.</summary>
    public SecretVersion? Find(string name, string? version)
    {
        lock (_gate)
        {
            return _secrets.GetValueOrDefault(name)?.FindLast(known => version is null || known.Version == version);
        }
    }

    /// <summary>The newest version of each secret.</summary>
    public IReadOnlyList<SecretVersion> List()
    {
        lock (_gate)
        {
            return [.. _secrets.Values.Select(versions => versions[^1])];
        }
    }

    public IReadOnlyList<SecretVersion> Versions(string name)
    {
        lock (_gate)
        {
            return [.. _secrets.GetValueOrDefault(name) ?? []];
        }
    }

    public SecretVersion Set(string name, string value, string? contentType, JsonObject? tags, JsonObject? attributes)
    {
        long now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var made = new SecretVersion(
            name, Guid.NewGuid().ToString("N"), value, contentType, tags, attributes?.Flag("enabled") ?? true, attributes?.Whole("nbf"), attributes?.Whole("exp"), now, now);
        lock (_gate)
        {
            Keep(made);
        }

        return made;
    }

    /// <summary>Changes what is given of contentType, tags, enabled, nbf and exp. The value of a version never changes.</summary>
    public SecretVersion? Update(string name, string version, JsonObject change)
    {
        lock (_gate)
        {
            if (Find(name, version) is not { } known)
            {
                return null;
            }

            var attributes = change.Child("attributes") ?? [];
            var changed = known with
            {
                ContentType = change.Text("contentType") ?? known.ContentType,
                Tags = change.Child("tags") ?? known.Tags,
                Enabled = attributes.Flag("enabled") ?? known.Enabled,
                NotBefore = attributes.Whole("nbf") ?? known.NotBefore,
                Expires = attributes.Whole("exp") ?? known.Expires,
                Updated = _clock.GetUtcNow().ToUnixTimeSeconds(),
            };
            Keep(changed);
            return changed;
        }
    }

    private void Keep(SecretVersion version)
    {
        _journal.Append(version.ToFact());
        Remember(version);
    }

    private void Remember(SecretVersion version)
    {
        if (!_secrets.TryGetValue(version.Name, out var versions))
        {
            _secrets[version.Name] = versions = [];
        }

        int known = versions.FindIndex(one => one.Version == version.Version);
        if (known < 0)
        {
            versions.Add(version);
            return;
        }

        versions[known] = version;
    }
}
