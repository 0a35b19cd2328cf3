using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orchestrator.Agents.Governance;

namespace Orchestrator.Local.Running;

/// <summary>Hands a mail to the inbox as a mail gateway would: JSON, signed with the key <c>inbox-signature</c>.</summary>
internal static class MailSender
{
    private const string SignatureHeader = "X-Orchestrator-Signature";

    public static Task<ApiReceipt> SendAsync(RunningProcess process, IKeyVault keys, ApiInboxMessage message, CancellationToken cancellationToken) =>
        SendAsync(process, keys, message, TimeProvider.System, cancellationToken);

    private static async Task<ApiReceipt> SendAsync(RunningProcess process, IKeyVault keys, ApiInboxMessage message, TimeProvider clock, CancellationToken cancellationToken)
    {
        KeyLease key;
        try
        {
            key = await keys.GetKeyAsync(KeyNames.Inbox, cancellationToken);
        }
        catch (OutsideFailureException failure)
        {
            throw new LocalException(failure.Message, failure);
        }

        byte[] body = JsonSerializer.SerializeToUtf8Bytes(message, ApiJson.Default.ApiInboxMessage);
        return await process.PostAsync("inbox/messages", body, [(SignatureHeader, Sign(body, key, clock.GetUtcNow()))], ApiJson.Default.ApiReceipt, bearer: null, cancellationToken);
    }

    internal static string Sign(byte[] body, KeyLease key, DateTimeOffset at)
    {
        string stamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(stamp + "."), .. body];
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal()), signed);
        return $"t={stamp},v1={Convert.ToHexStringLower(signature)}";
    }
}
