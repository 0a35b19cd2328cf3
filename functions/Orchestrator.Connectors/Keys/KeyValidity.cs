using Orchestrator.Agents.Governance;

namespace Orchestrator.Connectors.Keys;

/// <summary>Whether a version of a key may be used now: the same sentences for a vault and for a file.</summary>
internal static class KeyValidity
{
    /// <exception cref="TransientFailureException">Not valid yet: it will be, or this machine's clock is behind.</exception>
    /// <exception cref="PermanentFailureException">Disabled or expired.</exception>
    public static void Check(string name, string version, bool enabled, DateTimeOffset? notBefore, DateTimeOffset? expires, DateTimeOffset now)
    {
        if (!enabled)
        {
            throw Disabled(name, $"version {version}");
        }

        if (notBefore > now)
        {
            throw new TransientFailureException($"Key '{name}' (version {version}) is not valid before {notBefore.Value.UtcDateTime:u}. Wait, store a version that is valid now, or set this machine's clock.", "key_not_yet_valid");
        }

        if (expires <= now)
        {
            throw new PermanentFailureException($"Key '{name}' (version {version}) expired at {expires.Value.UtcDateTime:u}. Store a new version.", "key_expired");
        }
    }

    public static PermanentFailureException Disabled(string name, string version) =>
        new($"Key '{name}' ({version}) is disabled. Enable it, or store a new version; an older version is never used in its place.", "key_disabled");
}
