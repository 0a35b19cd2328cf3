using System.Text;
using Orchestrator.Agents.Governance;
using Orchestrator.Local.Running;

namespace Orchestrator.Local.Tests.Running;

public sealed class MailSenderTests
{
    /// <summary>Reckoned with openssl: <c>printf '1700000000.{}' | openssl dgst -sha256 -hmac secret</c>.</summary>
    [Fact]
    public void Sign_IsHmacOverStampAndBody() => Assert.Equal(
        "t=1700000000,v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163",
        MailSender.Sign(Encoding.ASCII.GetBytes("{}"), new KeyLease(KeyNames.Inbox, "1", "secret"), DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)));
}
