using System.Text;
using MimeKit.Cryptography;
using Orchestrator.Agents.Inbox;

namespace Orchestrator.Connectors.Mailbox;

/// <summary>Reads what the receiving server found out about a mail's sender from its <c>Authentication-Results</c> (RFC 8601).</summary>
internal static class SenderAuthentication
{
    private const string Header = "Authentication-Results";

    /// <param name="headers">From top to bottom. Only the first one counts: the receiving server puts its own on top, and whoever wrote the mail can put any below.</param>
    /// <param name="from">The address in <c>From</c>.</param>
    public static SenderProof Read(IEnumerable<(string Name, string Value)> headers, string from)
    {
        string? stated = headers.FirstOrDefault(header => header.Name.Equals(Header, StringComparison.OrdinalIgnoreCase)).Value;
        if (stated is null || !AuthenticationResults.TryParse(Encoding.UTF8.GetBytes(stated), out AuthenticationResults? results))
        {
            return SenderProof.NotReported;
        }

        string domain = Domain(Correspondent.Key(from));
        List<AuthenticationMethodResult> dmarc = [.. results.Results.Where(result => Is(result.Method, "dmarc"))];
        if (dmarc.Any(result => Is(result.Result, "pass") && IsFor(result, "header", "from", domain)))
        {
            return SenderProof.Holds;
        }

        // Without DMARC a pass counts where it speaks of the domain that the mail says it is from, and not of one that merely carried it.
        bool aligned = results.Results.Any(result => Is(result.Result, "pass")
            && ((Is(result.Method, "dkim") && IsFor(result, "header", "d", domain)) || (Is(result.Method, "spf") && IsFor(result, "smtp", "mailfrom", domain))));
        return aligned && !dmarc.Any(result => Is(result.Result, "fail")) ? SenderProof.Holds
            : dmarc.Any(result => Is(result.Result, "fail")) || (Failed(results, "spf") && Failed(results, "dkim")) ? SenderProof.Fails
            : SenderProof.NotReported;
    }

    private static bool Failed(AuthenticationResults results, string method) =>
        results.Results.Any(result => Is(result.Method, method)) && results.Results.Where(result => Is(result.Method, method)).All(result => Is(result.Result, "fail"));

    private static bool IsFor(AuthenticationMethodResult result, string type, string property, string domain) =>
        result.Properties.Any(stated => Is(stated.PropertyType, type) && Is(stated.Property, property) && Domain(Correspondent.Key(stated.Value)) == domain);

    private static string Domain(string address) => address[(address.LastIndexOf('@') + 1)..];

    private static bool Is(string? value, string expected) => string.Equals(value, expected, StringComparison.OrdinalIgnoreCase);
}
