using System.CommandLine;
using Orchestrator.Agents.Governance;
using Orchestrator.Connectors.Keys;
using Orchestrator.Connectors.Sandboxes;
using Orchestrator.Connectors.Settings;
using Orchestrator.Local.Running;

namespace Orchestrator.Local.Commands;

/// <summary><c>inbox send</c>.</summary>
internal static class InboxVerbs
{
    private static readonly Option<string> From = new("--from") { Description = "The customer's address.", HelpName = "ADDRESS", Required = true };
    private static readonly Option<string?> Name = new("--from-name") { Description = "The customer's name.", HelpName = "NAME" };
    private static readonly Option<string> Subject = new("--subject") { Description = "The subject.", HelpName = "SUBJECT", DefaultValueFactory = _ => "" };
    private static readonly Option<string?> Text = new("--text") { Description = "The text.", HelpName = "TEXT" };
    private static readonly Option<string?> TextFile = new("--text-file") { Description = "A file with the text.", HelpName = "FILE" };
    private static readonly Option<string?> HtmlFile = new("--html-file") { Description = "A file with the HTML.", HelpName = "FILE" };
    private static readonly Option<string?> Thread = new("--thread") { Description = "The conversation it belongs to: a reply names its case's.", HelpName = "ID" };
    private static readonly Option<string?> MessageId = new("--message-id") { Description = "The same id twice is one mail. Default: a new one.", HelpName = "ID" };

    public static Command Build()
    {
        var send = new Command("send", "Sends a mail into the inbox, as a customer's would come in.") { From, Name, Subject, Text, TextFile, HtmlFile, Thread, MessageId, CommonOptions.Output };
        send.Validators.Add(result =>
        {
            if (new[] { Text, TextFile, HtmlFile }.Count(option => result.GetResult(option) is { Implicit: false }) != 1)
            {
                result.AddError("Give one of --text, --text-file and --html-file.");
            }
        });
        send.Asks(SendAsync);
        return new("inbox", "The inbox: where mails come in.") { send };
    }

    private static async Task<int> SendAsync(RunningProcess process, ParseResult parsed, CancellationToken cancellationToken)
    {
        string id = parsed.GetValue(MessageId) ?? $"<{Guid.NewGuid():N}@cli.invalid>";
        string? html = parsed.GetValue(HtmlFile) is { } htmlFile ? await ReadAsync(htmlFile, cancellationToken) : null;
        string? text = parsed.GetValue(TextFile) is { } textFile ? await ReadAsync(textFile, cancellationToken) : parsed.GetValue(Text);
        var message = new ApiInboxMessage(id, parsed.GetValue(Thread), new(parsed.GetValue(Name), parsed.GetValue(From)!), parsed.GetValue(Subject)!, text, html, TimeProvider.System.GetUtcNow());

        ApiReceipt receipt = await MailSender.SendAsync(process, Keys(process, CommonOptions.Settings(parsed).Shared), message, cancellationToken);
        if (CommonOptions.WantsJson(parsed))
        {
            Screen.Json(receipt, ApiJson.Default.ApiReceipt);
            return ExitCodes.Ok;
        }

        Screen.Line(receipt.CaseId);
        string how = receipt.As switch { "duplicate" => "It was sent before; its case is", "reply" => "It is a reply in the open case", _ => "It opened the case" };
        await Console.Error.WriteLineAsync($"{how} {receipt.CaseId}. Follow it: {process.Where.Command("cases watch " + receipt.CaseId)}");
        return ExitCodes.Ok;
    }

    /// <summary>Where the key is that the inbox takes signatures of.</summary>
    private static IKeyVault Keys(RunningProcess process, SharedSettings settings)
    {
        string addresses = settings.Sandbox.AddressFile ?? process.Where.Folder.SandboxAddresses;
        if (settings.Keys is null && process.Where.Url is { } url && !File.Exists(addresses))
        {
            throw new LocalException($"The inbox at {url} takes signed mails only: name the Key Vault that holds its key '{KeyNames.Inbox}' with ORCHESTRATOR__Keys__VaultAddress, or the key file with ORCHESTRATOR__Keys__File.");
        }

        return KeyRing.Open(settings, settings.Keys is null ? SandboxFile.Read(addresses) : SandboxFile.None, TimeProvider.System);
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new LocalException(unreadable.Message, unreadable);
        }
    }
}
