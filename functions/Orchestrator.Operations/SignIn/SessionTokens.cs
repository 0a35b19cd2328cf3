using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Orchestrator.Operations.SignIn;

/// <summary>Short-lived bearer tokens for a command line whose user signed in with the one-time code. Sealed by data protection; nothing is kept here.</summary>
internal sealed class SessionTokens(IDataProtectionProvider protection, OperationsOptions options, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Orchestrator.Operations.SessionToken");

    public (string Token, DateTimeOffset Expires) Issue(string id, string name)
    {
        DateTimeOffset expires = clock.GetUtcNow() + options.TokenLifetime;
        return (_protector.Protect(JsonSerializer.Serialize(new SessionToken(id, name, expires), OperationsJson.Default.SessionToken)), expires);
    }

    /// <summary>What a token says, or null when it is not ours or has run out.</summary>
    public SessionToken? Read(string token)
    {
        try
        {
            SessionToken? read = JsonSerializer.Deserialize(_protector.Unprotect(token), OperationsJson.Default.SessionToken);
            return read is not null && read.Expires > clock.GetUtcNow() ? read : null;
        }
        catch (Exception forged) when (forged is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }
}

internal sealed record SessionToken(string Id, string Name, DateTimeOffset Expires);
