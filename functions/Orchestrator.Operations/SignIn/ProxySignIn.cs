using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Orchestrator.Operations.SignIn;

/// <summary>Reads the headers of an authenticating proxy, on connections from that proxy only.</summary>
internal sealed partial class ProxySignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SignInOptions.Proxy proxy, TrustedNetworks trusted)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Read());

    private AuthenticateResult Read()
    {
        if (!Request.Headers.TryGetValue(proxy.IdHeader, out StringValues ids))
        {
            return AuthenticateResult.NoResult();
        }

        if (!trusted.Contains(Context.Connection.RemoteIpAddress))
        {
            HeaderFromStranger(Logger, proxy.IdHeader);
            return AuthenticateResult.Fail("The sign-in header did not come from the proxy.");
        }

        // Two headers of one name: the proxy adds its own and left the visitor's standing. Neither is believed.
        if (ids is not [{ } stated] || SignInId.Normalize(stated) is not { } id)
        {
            return AuthenticateResult.Fail("The proxy's sign-in header is there twice, or names nobody.");
        }

        string? name = One(proxy.NameHeader);
        string[] groups = One(proxy.GroupsHeader)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return AuthenticateResult.Success(new(OperationsClaims.Person(Scheme.Name, id, SignInId.NameFor(id, name), groups), Scheme.Name));
    }

    /// <summary>Only what the settings name, and only where it is there once.</summary>
    private string? One(string? header) => header is not null && Request.Headers[header] is [{ } value] ? value : null;

    [LoggerMessage(5110, LogLevel.Warning, "A request carried the sign-in header {Header} but did not come from the proxy; it is treated as signed out.")]
    private static partial void HeaderFromStranger(ILogger logger, string header);
}

/// <summary>Addresses whose word counts.</summary>
internal sealed class TrustedNetworks
{
    private readonly IReadOnlyList<IPNetwork> _networks;

    /// <exception cref="InvalidOperationException">None is named, or one is neither an address nor a network.</exception>
    public TrustedNetworks(IReadOnlyList<string> stated)
    {
        _networks = [.. stated.Select(Parse)];
        if (_networks.Count == 0)
        {
            throw new InvalidOperationException("Sign-in by proxy needs the address of the proxy, such as 10.0.0.5 or 10.0.0.0/24: without one, anybody could send its headers.");
        }
    }

    public bool Contains(IPAddress? address)
    {
        IPAddress? plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && _networks.Any(network => network.Contains(plain));
    }

    private static IPNetwork Parse(string stated) =>
        IPAddress.TryParse(stated, out IPAddress? address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(stated, out IPNetwork network) ? network
        : throw new InvalidOperationException($"'{stated}' is neither an address nor a network such as 10.0.0.0/24.");
}
