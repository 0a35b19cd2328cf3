using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Orchestrator.Operations.SignIn;

/// <summary>
/// The signed-in sessions of browsers. A cookie holds nothing but a session's number, so signing out ends the session here, whoever kept a copy of the cookie.
/// They end <see cref="Idle"/> after the last visit, <see cref="Longest"/> after signing in, and with this process.
/// </summary>
internal sealed class Sessions(TimeProvider clock) : ITicketStore
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(1);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, Session> _open = new(StringComparer.Ordinal);

    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (KeyValuePair<string, Session> over in _open.Where(one => one.Value.EndsAt <= now))
        {
            _open.TryRemove(over);
        }

        string number = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _open[number] = new(ticket, now + Longest);
        return Task.FromResult(number);
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        if (_open.TryGetValue(key, out Session? session))
        {
            // Signed out between this reading and writing, it stays signed out.
            _open.TryUpdate(key, session with { Ticket = ticket }, session);
        }

        return Task.CompletedTask;
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) =>
        Task.FromResult(_open.TryGetValue(key, out Session? session) && clock.GetUtcNow() < session.EndsAt ? session.Ticket : null);

    public Task RemoveAsync(string key)
    {
        _open.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    private sealed record Session(AuthenticationTicket Ticket, DateTimeOffset EndsAt);
}
