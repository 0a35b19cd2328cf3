using System.Net.Sockets;
using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Keys;
using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Connectors.Settings;
using Orchestrator.Connectors.Stripe;

namespace Orchestrator.Local.Doctor;

/// <summary>Keys, Stripe, mail, Teams and the model gateway, as far as they can be tried without changing anything.</summary>
internal sealed class OutsideChecks(SharedSettings settings, SandboxFile sandbox, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        Dictionary<string, KeyLease> keys = await FetchAsync(findings, cancellationToken);
        using var probe = new StripeKeyProbe(new StripeOptions(settings.Stripe?.Address ?? sandbox.Stripe!.Address));
        KeyLease[] atStripe = [.. KeyDefinition.For(KeyProvider.Stripe).Select(key => keys.GetValueOrDefault(key.Name)).OfType<KeyLease>()];
        foreach (KeyLease key in atStripe)
        {
            findings.AddRange(await StripeKeyChecks.RunAsync(probe, key, settings.Stripe?.Mode, cancellationToken));
        }

        foreach (IGrouping<string, KeyLease> shared in atStripe.GroupBy(key => key.Reveal()).Where(same => same.Count() > 1))
        {
            findings.Add(Finding.Wrong(
                "Stripe keys",
                $"{string.Join(" and ", shared.Select(key => key.Name))} are one key.",
                "Make a restricted key for each, so that nothing that only reads could ever move money."));
        }

        if (keys.TryGetValue(KeyNames.StripeWebhook, out KeyLease? webhook))
        {
            findings.Add(webhook.Reveal().StartsWith("whsec_", StringComparison.Ordinal)
                ? Finding.Good("key " + webhook.Name, $"A signing secret, version {webhook.Version}.")
                : Finding.Wrong("key " + webhook.Name, "It is no signing secret: those begin with whsec_.", "Copy it from the webhook endpoint in Stripe's dashboard."));
        }

        findings.Add(await MailAsync(cancellationToken));
        findings.Add(await TeamsAsync(keys.GetValueOrDefault(KeyNames.Teams), cancellationToken));
        if (settings.Mailbox is not { Use: Switch.Off })
        {
            findings.Add(await ReachAsync("mailbox", settings.Mailbox?.GraphAddress ?? sandbox.Graph!.Address, $"New mail in {settings.Mailbox?.Address ?? sandbox.Graph!.Mailbox} opens cases.", cancellationToken));
        }

        if (settings.Model is { } model)
        {
            findings.Add(await ReachAsync("model", model.Address, $"Mails are read by {model.Name}.", cancellationToken));
        }

        return findings;
    }

    private async Task<Dictionary<string, KeyLease>> FetchAsync(List<Finding> findings, CancellationToken cancellationToken)
    {
        Dictionary<string, KeyLease> keys = [];
        IKeyVault vault = KeyRing.Open(settings, sandbox, clock);
        foreach (string name in Needed())
        {
            try
            {
                keys[name] = await vault.GetKeyAsync(name, cancellationToken);
            }
            catch (OutsideFailureException failure)
            {
                findings.Add(new("key " + name, Health.Wrong, failure.Message));
            }
        }

        string where = settings.Keys is { File: { } file } ? file : (settings.Keys?.VaultAddress ?? sandbox.Vault?.Address)?.ToString() ?? "";
        findings.Insert(0, keys.Count == Needed().Count()
            ? Finding.Good("keys", $"All {keys.Count} keys are in {where}.")
            : Finding.Note("keys", $"{keys.Count} of {Needed().Count()} keys could be had from {where}."));
        return keys;
    }

    private IEnumerable<string> Needed()
    {
        foreach (KeyDefinition key in KeyDefinition.For(KeyProvider.Stripe))
        {
            yield return key.Name;
        }

        yield return KeyNames.StripeWebhook;
        yield return KeyNames.Inbox;
        if (settings.Mail is not { SmtpHost: not null, SmtpUser: null })
        {
            yield return KeyNames.Mail;
        }

        if (settings.Teams?.Webhook != Switch.Off)
        {
            yield return KeyNames.Teams;
        }

        if (settings.Model is not null)
        {
            yield return KeyNames.Model;
        }

        if (settings.Mailbox is null or { Use: Switch.On, ClientId: not null })
        {
            yield return KeyNames.Mailbox;
        }
    }

    private async Task<Finding> MailAsync(CancellationToken cancellationToken)
    {
        if (settings.Mail is { SmtpHost: { } host, SmtpPort: var port })
        {
            return await ConnectAsync(host, port, cancellationToken)
                ? Finding.Good("mail", $"{host}:{port} answers; mails come from {settings.Mail.Sender}.")
                : Finding.Wrong("mail", $"{host}:{port} does not answer.", "Check Mail.SmtpHost, Mail.SmtpPort and the firewall.");
        }

        Uri endpoint = settings.Mail?.Endpoint ?? sandbox.Mail!.Address;
        return await ReachAsync("mail", endpoint, $"Mails come from {settings.Mail?.Sender ?? sandbox.Mail!.Sender}.", cancellationToken);
    }

    private async Task<Finding> TeamsAsync(KeyLease? webhook, CancellationToken cancellationToken)
    {
        if (settings.Teams?.Webhook == Switch.Off)
        {
            return Finding.Note("Teams", "Switched off: people have to watch the approvals page.");
        }

        if (webhook is null || !Uri.TryCreate(webhook.Reveal(), UriKind.Absolute, out Uri? address))
        {
            return Finding.Wrong("Teams", "The key 'teams-webhook' holds no address.", "Store the address of the channel's workflow as 'teams-webhook', whole, with its sig.");
        }

        bool whole = address.Query.Contains("sig=", StringComparison.Ordinal);
        return !whole
            ? Finding.Wrong("Teams", "The webhook's address has no sig: it was cut when it was copied.", "Copy it from the workflow again; it is about 300 characters long.")
            : await ReachAsync("Teams", new Uri(address.GetLeftPart(UriPartial.Authority)), "Whether cards are shown is proven by the first one alone.", cancellationToken);
    }

    private static async Task<Finding> ReachAsync(string area, Uri address, string also, CancellationToken cancellationToken) =>
        await ConnectAsync(address.Host, address.Port, cancellationToken)
            ? Finding.Good(area, $"{address.GetLeftPart(UriPartial.Authority)} answers. {also}")
            : Finding.Wrong(area, $"{address.GetLeftPart(UriPartial.Authority)} does not answer.", "Check the address in the settings and the network.");

    private static async Task<bool> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, limit.Token);
            return true;
        }
        catch (Exception failed) when (failed is SocketException || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
