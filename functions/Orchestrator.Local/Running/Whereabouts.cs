using Orchestrator.Local.Commands;
using Orchestrator.Local.State;

namespace Orchestrator.Local.Running;

/// <summary>Where an orchestrator is, and as whom the command line comes to it.</summary>
/// <param name="Address">Its API.</param>
/// <param name="Pages">Its pages, as people reach them.</param>
/// <param name="Actor">Who it is that decides from a command line.</param>
/// <param name="Folder">Whose operator token opens it, where nothing else does.</param>
/// <param name="Url">How it was named; null: it was found through the state folder.</param>
internal sealed record Whereabouts(Uri Address, Uri Pages, Credential Credential, Actor Actor, StateFolder Folder, Uri? Url)
{
    /// <summary>Null: nothing runs on that folder.</summary>
    public static Whereabouts? Of(StateFolder folder) =>
        ServingEndpoint.Read(folder) is { } endpoint && Credential.OfFolder(folder) is { } operatorToken
            ? new(endpoint.Address, endpoint.PublicAddress, operatorToken, endpoint.SignIn == "development" ? Actor.SignsIn : Actor.DecidesOnPage, folder, null)
            : null;

    /// <exception cref="LocalException">There is nothing to open it with.</exception>
    public static Whereabouts At(Uri url, StateFolder folder)
    {
        if (Credential.OfEnvironment() is { } token)
        {
            return new(url, url, token, Actor.IsProven, folder, url);
        }

        if (!url.IsLoopback)
        {
            return new(url, url, Credential.OfEntra(), Actor.IsProven, folder, url);
        }

        Credential operatorToken = Credential.OfFolder(folder)
            ?? throw new LocalException($"There is no operator token in {folder.Path}. Name the state folder of the orchestrator at {url} with --state, or set {Credential.TokenVariable}.", exitCode: ExitCodes.SignInNeeded);
        return new(url, url, operatorToken, Actor.SignsIn, folder, url);
    }

    /// <summary>A command to type next, to the same orchestrator.</summary>
    public string Command(string verb) => Invocation.Command(Folder, verb) + (Url is null ? "" : " --url " + Invocation.Quote(Url.AbsoluteUri));
}

internal enum Actor
{
    /// <summary>Whoever is named signs in with the one-time code that the state folder's owner may read.</summary>
    SignsIn,

    /// <summary>People sign in elsewhere, so they decide on the page.</summary>
    DecidesOnPage,

    /// <summary>Whoever the token proves.</summary>
    IsProven,
}
