namespace Orchestrator.Local.Connections;

internal sealed partial class MailboxWatch
{
    [LoggerMessage(6001, LogLevel.Information, "The mailbox tells of new mail until {Until:u}.")]
    private static partial void Subscribed(ILogger logger, DateTimeOffset until);

    [LoggerMessage(6002, LogLevel.Warning, "The mailbox does not tell of new mail: {Why} It is asked again in a minute; mails come in over POST /inbox/messages meanwhile.")]
    private static partial void Failed(ILogger logger, string why);
}
