using System.Net;
using Orchestrator.Connectors.Settings;

namespace Orchestrator.Local.Settings;

/// <summary>Where the pages are served.</summary>
/// <param name="Listen">Address to listen on; anything but loopback needs a sign-in that works there.</param>
/// <param name="Port">Tried first; the next free one is taken and remembered where it is in use.</param>
/// <param name="PublicAddress">How people reach the pages; links in cards and mails begin with it. Null: the address listened on.</param>
internal sealed record WebSettings(IPAddress Listen, int Port, Uri? PublicAddress)
{
    public const int DefaultPort = 7300;

    public bool IsLoopback => IPAddress.IsLoopback(Listen) && PublicAddress is null or { IsLoopback: true };

    public static WebSettings Read(SettingsSection section) => new(
        section.Address("Listen") ?? IPAddress.Loopback,
        section.Port("Port") ?? DefaultPort,
        SharedSettings.ReadPublicAddress(section));
}
