using System.Text.RegularExpressions;

namespace Orchestrator.Connectors.Mailbox;

/// <summary>The resource path of a change notification: <c>Users/{id}/Messages/{message}</c>. Anybody can post a notification, so it is read as a claim.</summary>
internal static partial class GraphResource
{
    /// <summary>The message's id, when the path lies in the mailbox; otherwise null.</summary>
    public static string? MessageIn(string resource, GraphOptions options)
    {
        // Graph writes Users/x and Users('x'), and sometimes the tenant behind the user.
        Match match = Shape().Match(resource.Replace("('", "/", StringComparison.Ordinal).Replace("')", "", StringComparison.Ordinal));
        if (!match.Success)
        {
            return null;
        }

        string user = Uri.UnescapeDataString(match.Groups["user"].Value);
        user = user.Split('@') is [var id, var tenant] && Guid.TryParseExact(id, "D", out _) && Guid.TryParseExact(tenant, "D", out _) ? id : user;
        bool ours = string.Equals(user, options.Mailbox, StringComparison.OrdinalIgnoreCase)
            || (options.MailboxId is { } known ? string.Equals(user, known, StringComparison.OrdinalIgnoreCase) : Guid.TryParseExact(user, "D", out _));
        return ours ? match.Groups["message"].Value : null;
    }

    [GeneratedRegex(@"^/?users/(?<user>[^/?#\\]{1,256})/(?:mailfolders/[A-Za-z0-9_=-]{1,512}/)?messages/(?<message>[A-Za-z0-9_=-]{1,512})\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Shape();
}
