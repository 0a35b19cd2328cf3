using MailKit;

namespace Orchestrator.Connectors.Mail;

/// <summary>How far a conversation with a mail server came, which MailKit's exceptions alone don't tell. Nothing of what is said is kept.</summary>
internal sealed class SmtpProgress : IProtocolLogger, ITransferProgress
{
    /// <summary>All of the mail was handed to the connection: the server may have it, whatever happened since.</summary>
    public bool WholeMailLeft { get; private set; }

    /// <summary>The other side said something after we last spoke; if what it said made no sense, it is no mail server.</summary>
    public bool WasAnswered { get; private set; }

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public void LogConnect(Uri uri) => WasAnswered = false;

    public void LogClient(byte[] buffer, int offset, int count) => WasAnswered = false;

    public void LogServer(byte[] buffer, int offset, int count) => WasAnswered |= count > 0;

    public void Report(long bytesTransferred, long totalSize) => WholeMailLeft |= bytesTransferred >= totalSize;

    public void Report(long bytesTransferred)
    {
        // Without a total it says nothing about the end.
    }

    public void Dispose()
    {
    }
}
