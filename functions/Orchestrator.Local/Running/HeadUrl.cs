namespace Orchestrator.Local.Running;

/// <summary>The address of an orchestrator that runs anywhere: one of these, or one on Azure.</summary>
internal static class HeadUrl
{
    public const string Variable = "ORCHESTRATOR_URL";

    /// <summary>What was typed, else what the environment says; a state folder that was typed outweighs the environment. Null: the orchestrator of the state folder.</summary>
    public static string? Choose(string? option, bool folderIsNamed) =>
        option is { Length: > 0 } ? option
        : !folderIsNamed && Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named
        : null;

    /// <summary>An address that ends in a slash. Tokens travel over it, so it is encrypted unless it is on this machine.</summary>
    /// <exception cref="LocalException">It is none.</exception>
    public static Uri Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            && url is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 }
            ? new Uri(url.AbsoluteUri.TrimEnd('/') + "/")
            : throw new LocalException("--url must be an address such as https://refunds.example.com (http only on this machine), without user, query or fragment.", exitCode: ExitCodes.UsageOrCancelled);
}
