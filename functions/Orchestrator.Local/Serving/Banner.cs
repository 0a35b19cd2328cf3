using System.Globalization;
using System.Text.Json;
using Orchestrator.Local.Commands;
using Orchestrator.Local.Sandboxes;

namespace Orchestrator.Local.Serving;

/// <summary>What a person has to know once it runs: where to look, how to sign in, what to type next.</summary>
internal static class Banner
{
    public static async Task WriteAsync(TextWriter output, Head head, bool json, TimeSpan took)
    {
        Addresses addresses = Of(head);
        string text = json ? JsonSerializer.Serialize(addresses with { ReadyAfterMilliseconds = (long)took.TotalMilliseconds }, LocalJson.Default.Addresses) : Plain(head, addresses, took);
        await output.WriteLineAsync(text);
        await output.FlushAsync();
    }

    private static Addresses Of(Head head)
    {
        Uri root = head.Endpoint.PublicAddress;
        return new("ready", root, new(root, "approvals"), head.Sandbox.Mail?.Address, head.Sandbox.Teams?.Address, head.Folder.Path, 0);
    }

    private static string Plain(Head head, Addresses addresses, TimeSpan took)
    {
        List<(string Name, string? Value)> lines =
        [
            ("Console", addresses.Console.ToString()),
            ("Approvals", addresses.Approvals.ToString()),
            ("Outbox", addresses.Outbox?.ToString()),
            ("Teams", addresses.Teams?.ToString()),
            ("State", addresses.State),
            ("Sign in", SignIn(head)),
        ];
        string table = string.Concat(lines.Where(line => line.Value is not null).Select(line => $"  {line.Name,-10} {line.Value}{Environment.NewLine}"));
        string first = head.Sandbox.Stripe is null
            ? ""
            : $"""

                Send a first mail, from another terminal:
                  {Invocation.Command(head.Folder, "inbox send")} --from {Seed.FirstCustomer} --subject 'Refund please' --text 'Hello, order {Seed.FirstOrder} never arrived. Please refund me. Mia'

                """;
        return $"""

            {table}{first}
            {Played(head.Settings.Shared.Played)}Ctrl-C stops it; starting again continues where it stopped.
            ready in {took.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture)} s
            """;
    }

    private static string SignIn(Head head) => head.Endpoint.SignIn switch
    {
        "proxy" => "by your proxy",
        "appService" => "by App Service",
        _ => $"with the one-time code in the log or in {head.Folder.SignInCode}, as someone the policy names ({head.Folder.Policy})",
    };

    private static string Played(IReadOnlyList<string> played) =>
        played.Count == 0 ? "" : $"The sandbox plays {string.Join(", ", played)}: no real money there, no real mail. ";
}

/// <summary>The ready line for programs.</summary>
internal sealed record Addresses(string Event, Uri Console, Uri Approvals, Uri? Outbox, Uri? Teams, string State, long ReadyAfterMilliseconds);
